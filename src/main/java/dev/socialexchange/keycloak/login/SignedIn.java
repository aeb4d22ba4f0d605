package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/**
 * How somebody is signed in who links an account. Whoever has a suspended account may have come by it, or be left from before.
 *
 * @param alias of the provider by whose account they came; {@code null} if by none
 * @param account which one that was; empty where nobody knows: it may be any at this provider then
 * @param since seconds since the epoch; 0 if nobody knows
 */
public record SignedIn(String alias, Optional<ExternalAccount> account, long since) {
    /** By a token that tells of no session. */
    public static final SignedIn UNKNOWN = new SignedIn(null, Optional.empty(), 0);

    /** A session is as old as what it came of, also for whoever has proven a second time who they are. */
    public static SignedIn by(KeycloakSession session, UserSessionModel userSession) {
        return new SignedIn(
                LinkSessions.alias(userSession), CameBy.known(session, userSession), ProvenAt.beginning(userSession));
    }

    /** Whether this proves more than the account does. */
    boolean reproves(UserModel user, ExternalAccount account) {
        LinkMark mark = LinkMark.of(user, account);
        return !mark.isSuspended() || !account.alias().equals(alias) && since > mark.suspended();
    }

    /**
     * What somebody opens by a suspended account gets no further way in either.
     *
     * @throws ExchangeException if this may be nobody but whoever has a suspended account
     */
    void requireMayLink(UserModel user, ExternalAccount account) {
        boolean doubtful = LinkMark.suspended(user)
                .anyMatch(mark -> since == 0
                        || mark.alias().equals(alias)
                                && this.account.map(mark::isOf).orElse(true));
        if (doubtful || !reproves(user, account)) {
            throw ExchangeException.refuse(ExchangeError.LINK_SUSPENDED).withoutBrowser();
        }
    }
}
