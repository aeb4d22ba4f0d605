package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * By which account somebody has come, of those that they have had at one provider. It is known only of the one that is linked now, by the very id: an id that a mapper or a transfer has
 * changed leaves its marks under another, and whoever is not known may have come by any.
 */
public final class CameBy {
    private static final String SEVERAL = "SOCIAL_EXCHANGE_SEVERAL_ACCOUNTS";

    private CameBy() {}

    /** Of a login that goes on in a session: Keycloak (26.7) leaves there the account that the session began with. */
    public static void note(AuthenticationSessionModel login, UserSessionModel userSession) {
        String account = login == null ? null : login.getAuthNote(AuthenticationProcessor.BROKER_USER_ID);
        if (account != null && !account.equals(userSession.getBrokerUserId())) {
            userSession.setNote(SEVERAL, Boolean.TRUE.toString());
        }
    }

    /** Whoever does not say which account it was may have come by this one. */
    static boolean maybe(UserSessionModel userSession, ExternalAccount account) {
        String noted = noted(userSession);
        return noted == null || noted.equals(text(account));
    }

    /** Of a session. */
    public static Optional<ExternalAccount> known(KeycloakSession session, UserSessionModel userSession) {
        return known(session, userSession.getUser(), LinkSessions.alias(userSession), noted(userSession));
    }

    /** Of a login that has not become a session yet. */
    static Optional<ExternalAccount> known(KeycloakSession session, AuthenticationSessionModel login, String alias) {
        return known(
                session,
                login.getAuthenticatedUser(),
                alias,
                login.getAuthNote(AuthenticationProcessor.BROKER_USER_ID));
    }

    private static Optional<ExternalAccount> known(
            KeycloakSession session, UserModel user, String alias, String noted) {
        return alias == null || noted == null
                ? Optional.empty()
                : ExternalAccount.ofLink(session, user, alias)
                        .filter(link -> text(link).equals(noted));
    }

    private static String noted(UserSessionModel userSession) {
        return userSession.getNote(SEVERAL) == null ? userSession.getBrokerUserId() : null;
    }

    /** As Keycloak (26.7) and what we make of a token note it. */
    private static String text(ExternalAccount account) {
        return account.alias() + '.' + account.id();
    }
}
