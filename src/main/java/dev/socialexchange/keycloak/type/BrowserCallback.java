package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import dev.socialexchange.keycloak.provider.SuspendedLink;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Stands before Keycloak's own callback (26.7) and holds browser logins to the rules of exchanges where Keycloak has none: an
 * account without an id of its own opens nothing, nor does one that is linked to several users.
 */
record BrowserCallback(
        KeycloakSession session,
        EventBuilder event,
        UserAuthenticationIdentityProvider.AuthenticationCallback keycloaks)
        implements UserAuthenticationIdentityProvider.AuthenticationCallback {

    @Override
    public Response authenticated(BrokeredIdentityContext identity) {
        try {
            BrowserIdentity checked = new BrowserIdentity(session, identity);
            ProvenAt.noteWaiting(
                    checked.getAuthenticationSession(), checked.getIdpConfig().getAlias(), ProvenAt.now());
            Optional<SuspendedLink> suspended = suspended(checked);
            return suspended.isPresent() ? wayBack(suspended.get()) : goOn(checked);
        } catch (ExchangeException refused) {
            return refusal(identity, refused);
        }
    }

    /** A mapper may lead to another user than the provider's own id has led to: then it is only Keycloak that finds a suspended link. */
    private Response goOn(BrowserIdentity checked) {
        try {
            return keycloaks.authenticated(checked);
        } catch (ExchangeException refused) {
            Optional<SuspendedLink> suspended =
                    refused.error() == ExchangeError.LINK_SUSPENDED ? suspended(checked) : Optional.empty();
            if (suspended.isEmpty()) {
                return refusal(checked, refused);
            }
            session.getTransactionManager()
                    .setRollbackOnly(); // Keycloak may have changed the user by what the account says
            return wayBack(suspended.get());
        }
    }

    private Response refusal(BrokeredIdentityContext identity, ExchangeException refused) {
        return new RefusedLogin(session, event)
                .page(
                        identity.getAuthenticationSession(),
                        identity.getIdpConfig().getAlias(),
                        refused);
    }

    /** Asked here and not by Keycloak, which would have changed the user by what the account says; by a former id as well, as it looks for users. */
    Optional<SuspendedLink> suspended(BrokeredIdentityContext identity) {
        if (identity.getLegacyId() == null) {
            FormerId.settle(session, identity); // which Keycloak lets the provider do later
        }
        return Stream.concat(Stream.of(ExternalAccount.of(identity)), ExternalAccount.before(identity).stream())
                .filter(account -> account.isLinked(session))
                .findFirst()
                .filter(account ->
                        LinkMark.of(account.linkedUser(session), account).isSuspended())
                .map(account -> SuspendedLink.of(session, account.linkedUser(session), account, identity));
    }

    /** Nobody is signed in; a page says how else the person can be sure to be who they are. */
    private Response wayBack(SuspendedLink suspended) {
        ExchangeError error = ExchangeError.LINK_SUSPENDED;
        event.event(EventType.IDENTITY_PROVIDER_LOGIN)
                .user(suspended.user())
                .detail(Details.IDENTITY_PROVIDER, suspended.account().alias())
                .detail(Details.REASON, error.reason())
                .error(error.eventError());
        return Response.seeOther(URI.create(suspended.address(session))).build();
    }

    @Override
    public AuthenticationSessionModel getAndVerifyAuthenticationSession(String encodedCode) {
        return keycloaks.getAndVerifyAuthenticationSession(encodedCode);
    }

    @Override
    public Response cancelled(IdentityProviderModel provider) {
        return keycloaks.cancelled(provider);
    }

    @Override
    public Response retryLogin(UserAuthenticationIdentityProvider<?> provider, AuthenticationSessionModel authSession) {
        return keycloaks.retryLogin(provider, authSession);
    }

    @Override
    public Response error(IdentityProviderModel provider, String message) {
        return keycloaks.error(provider, message);
    }
}
