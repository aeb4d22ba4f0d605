package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ErrorEvent;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A link that a provider has closed opens nothing at Keycloak's own doors either, which know nothing of it: they ask the identity provider who somebody
 * is, and here is where it is asked.
 */
final class ClosedLink {

    private ClosedLink() {}

    /**
     * Of somebody whom Keycloak (26.7) has found by the link and is about to bring up to date: by browser, whatever a mapper has made of the account's id, and
     * by the first version of its token exchange.
     */
    static void refuse(KeycloakSession session, UserModel user, BrokeredIdentityContext identity) {
        Optional<ExchangeException> refusal = refusal(user, identity);
        if (refusal.isEmpty()) {
            return;
        }
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login != null) {
            throw ofLogin(session, login, identity.getIdpConfig().getAlias(), refusal.get());
        }
        ErrorEvent.send(event(session, user, identity), refusal.get());
        session.getTransactionManager().setRollbackOnly();
        throw new ErrorResponseException(
                refusal.get().error().error(), refusal.get().getMessage(), Response.Status.BAD_REQUEST);
    }

    /** An account without an id of its own opens nothing either: Keycloak (26.7) finds whoever else has none. */
    private static Optional<ExchangeException> refusal(UserModel user, BrokeredIdentityContext identity) {
        try {
            return LinkMark.refusal(user, identity);
        } catch (ExchangeException nobody) {
            return Optional.of(nobody);
        }
    }

    /** An exchange answers it, and so does {@link BrowserCallback}; but nobody stands behind the last page of a first login, which Keycloak (26.7) ends. */
    private static RuntimeException ofLogin(
            KeycloakSession session, AuthenticationSessionModel login, String alias, ExchangeException refused) {
        return alias.equals(login.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS))
                ? RefusedLogin.thrown(session, alias, refused)
                : refused;
    }

    private static EventBuilder event(KeycloakSession session, UserModel user, BrokeredIdentityContext identity) {
        return RequestEvent.of(session)
                .event(EventType.TOKEN_EXCHANGE)
                .client(session.getContext().getClient())
                .user(user)
                .detail(Details.IDENTITY_PROVIDER, identity.getIdpConfig().getAlias());
    }

    /**
     * Of Keycloak's JWT authorization grant (26.7), which updates nobody.
     *
     * @param identity whose id is the assertion's subject
     * @return {@code identity}
     * @throws IdentityBrokerException as that grant answers it
     */
    static BrokeredIdentityContext refuse(
            KeycloakSession session,
            JWTAuthorizationGrantValidationContext assertion,
            BrokeredIdentityContext identity) {
        ExternalAccount account = ExternalAccount.of(identity);
        UserModel user = account.linkedUser(session);
        if (user != null) {
            LinkMark.refusal(user, account, issuedAt(assertion.getJWT())).ifPresent(refused -> {
                throw new IdentityBrokerException(refused.error().reason(refused.detail()));
            });
        }
        return identity;
    }

    /** Of one that does not say it nobody knows that it is younger than anything. */
    private static long issuedAt(JsonWebToken assertion) {
        return Objects.requireNonNullElse(assertion.getIat(), 0L);
    }
}
