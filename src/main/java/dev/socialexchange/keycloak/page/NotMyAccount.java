package dev.socialexchange.keycloak.page;

import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * What becomes of a login when the person in front of it says that the account is not theirs. They are not sent on to the app:
 * whoever began the login has chosen where that would be.
 */
public final class NotMyAccount {
    /** The event's error: somebody was handed another person's login, which an administrator wants to know. */
    public static final String ERROR = "account_not_mine";

    private NotMyAccount() {}

    /** @param event names the provider and its account; whoever calls has ended the login */
    public static Response answer(KeycloakSession session, EventBuilder event) {
        event.event(EventType.LOGIN).error(ERROR);
        LoginFormsProvider page = session.getProvider(LoginFormsProvider.class)
                .setAttribute("messageHeader", "socialExchange-interaction-notMine-title")
                .setAttribute(Constants.SKIP_LINK, true)
                .setInfo("socialExchange-interaction-notMine-text");
        return UncachedPage.of(page.createInfoPage());
    }
}
