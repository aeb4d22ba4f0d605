package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.page.NotMyAccount;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.common.util.Time;
import org.keycloak.common.util.UriUtils;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionCompoundId;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What is asked behind the link in the mail of {@link EmailVerification}, in a browser that has no part in the login: whoever
 * reads the mail may hear of it for the first time. In place of Keycloak's page (26.7), which names the account in the words of
 * its owner and has no way out.
 */
@Mirrors(
        type = "org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionTokenHandler",
        methods = "handleToken")
final class MailedLinkQuestion {
    private static final String TEMPLATE = "social-exchange-link-mail.ftl";
    private static final String NOT_MINE = "not_mine";

    private final IdpVerifyAccountLinkActionToken token;
    private final ActionTokenContext<IdpVerifyAccountLinkActionToken> context;
    private final KeycloakSession session;
    private final AuthenticationSessionManager sessions;

    MailedLinkQuestion(
            IdpVerifyAccountLinkActionToken token, ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
        this.token = token;
        this.context = context;
        this.session = context.getSession();
        this.sessions = new AuthenticationSessionManager(session);
    }

    /** Whether the answer has come. */
    boolean isAnsweredWithNo() {
        return context.getUriInfo().getQueryParameters().containsKey(NOT_MINE);
    }

    /** The login that has sent the mail comes to nothing, and the mail's link as well. */
    Response stop() {
        long left = token.getExp() - Duration.ofMillis(Time.currentTimeMillis()).toSeconds();
        session.singleUseObjects().put(token.serializeKey(), left, Map.of());
        String original = token.getOriginalCompoundAuthenticationSessionId();
        login(original == null ? token.getCompoundAuthenticationSessionId() : original)
                .ifPresent(login -> sessions.removeAuthenticationSession(context.getRealm(), login, false));
        AuthenticationSessionModel here = context.getAuthenticationSession();
        session.getContext().setAuthenticationSession(here);
        Response answer = NotMyAccount.answer(session, event());
        if (context.isAuthenticationSessionFresh() || original != null) {
            sessions.removeAuthenticationSession(context.getRealm(), here, true);
        }
        return answer;
    }

    private EventBuilder event() {
        return context.getEvent()
                .clone()
                .user(token.getUserId())
                .detail(Details.IDENTITY_PROVIDER, token.getIdentityProviderAlias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, token.getIdentityProviderUsername());
    }

    /** Empty where the provider is not ours. After Keycloak's own handler has prepared the token for the answer. */
    Optional<Response> ask() {
        return login(token.getOriginalCompoundAuthenticationSessionId()).flatMap(login -> identity(login)
                .filter(identity -> identity.getIdp() instanceof ExchangeIdentityProvider)
                .map(identity -> page(login, ContinuedSession.account(login, identity))));
    }

    private Optional<BrokeredIdentityContext> identity(AuthenticationSessionModel login) {
        return Optional.ofNullable(SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                        login, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE))
                .map(serialized -> serialized.deserialize(session, login));
    }

    private Optional<AuthenticationSessionModel> login(String compoundId) {
        AuthenticationSessionCompoundId id = AuthenticationSessionCompoundId.encoded(compoundId);
        ClientModel client = context.getRealm().getClientById(id.getClientUUID());
        return Optional.ofNullable(client)
                .map(found -> sessions.getAuthenticationSessionByIdAndClient(
                        context.getRealm(), id.getRootSessionId(), found, id.getTabId()));
    }

    private Response page(AuthenticationSessionModel login, ForeignAccount account) {
        URI answer = answer();
        session.getContext().setClient(login.getClient());
        // Keycloak's manager (26.7) makes the session that it finds the request's own, whose language this page would
        // have
        session.getContext().setAuthenticationSession(context.getAuthenticationSession());
        return session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(context.getAuthenticationSession())
                .setAttribute("foreignName", account.name())
                .setAttribute("foreignVouched", account.vouched())
                .setAttribute("foreignProvider", ProviderName.of(session, token.getIdentityProviderAlias()))
                .setAttribute("linkAction", answer.getRawPath())
                .setAttribute("linkParameters", parameters(answer))
                .createForm(TEMPLATE);
    }

    private static Map<String, String> parameters(URI uri) {
        return UriUtils.decodeQueryString(uri.getRawQuery()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue().get(0)));
    }

    /** As Keycloak's handler (26.7) makes it. */
    private URI answer() {
        AuthenticationSessionModel here = context.getAuthenticationSession();
        return Urls.actionTokenBuilder(
                        context.getUriInfo().getBaseUri(),
                        token.serialize(session, context.getRealm(), context.getUriInfo()),
                        here.getClient().getClientId(),
                        here.getTabId(),
                        AuthenticationProcessor.getClientData(session, here))
                .build(context.getRealm().getName());
    }
}
