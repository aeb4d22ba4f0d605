package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ErrorEvent;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.RequestEvent;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/** How a login in a browser ends that we refuse: nothing of it stays, an event says why, and a page what helps. */
record RefusedLogin(KeycloakSession session, EventBuilder event) {
    /** Of all else Keycloak's own words say enough: something has gone wrong at the provider. */
    private static final Map<ExchangeError, String> MESSAGES = Map.of(
            ExchangeError.ACCOUNT_AMBIGUOUS, "socialExchange-accountAmbiguous",
            ExchangeError.ACCOUNT_ID_UNUSABLE, "socialExchange-accountIdUnusable",
            ExchangeError.LINK_SUSPENDED, "socialExchange-accountSuspended",
            ExchangeError.SERVER_BUSY, "socialExchange-tryAgain");

    /** Where Keycloak goes on from another place than {@link BrowserCallback}, and would show what it shows of any fault. */
    static ErrorPageException thrown(KeycloakSession session, String alias, ExchangeException refused) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        EventBuilder event = RequestEvent.of(session).client(login.getClient());
        return new ErrorPageException(new RefusedLogin(session, event).page(login, alias, refused));
    }

    /** Of what the provider has answered with, before Keycloak has asked us anything. */
    static RuntimeException ofAnswer(KeycloakSession session, String alias, ExchangeException refused) {
        return refused.error() == ExchangeError.ACCOUNT_ID_UNUSABLE
                        && session.getContext().getAuthenticationSession() != null
                ? thrown(session, alias, refused)
                : new IdentityBrokerException("The provider's answer cannot be used: "
                        + refused.error().reason());
    }

    Response page(AuthenticationSessionModel login, String alias, ExchangeException refused) {
        session.getTransactionManager().setRollbackOnly();
        ErrorEvent.send(
                event.event(EventType.IDENTITY_PROVIDER_LOGIN).detail(Details.IDENTITY_PROVIDER, alias), refused);
        LoginFormsProvider page = session.getProvider(LoginFormsProvider.class)
                .setAuthenticationSession(login)
                .setError(message(refused));
        if (!refused.error().isTemporary()) {
            return page.createErrorPage(Response.Status.FORBIDDEN);
        }
        return page.setResponseHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refused.retryAfter()))
                .createErrorPage(Response.Status.SERVICE_UNAVAILABLE);
    }

    private static String message(ExchangeException refused) {
        return "revoked_by_provider".equals(refused.detail())
                ? "socialExchange-signInAgain"
                : MESSAGES.getOrDefault(refused.error(), Messages.IDENTITY_PROVIDER_UNEXPECTED_ERROR);
    }
}
