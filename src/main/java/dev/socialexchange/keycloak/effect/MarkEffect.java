package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.SignalAction;
import dev.socialexchange.keycloak.provider.StoredUser;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/** What a signal leaves on the link itself. */
final class MarkEffect {
    private final KeycloakSession session;
    private final UserModel user;
    private final ExternalAccount account;
    private final long time;

    /** @param time of the event, in seconds since the epoch */
    MarkEffect(KeycloakSession session, UserModel user, ExternalAccount account, long time) {
        this.session = session;
        this.user = user;
        this.account = account;
        this.time = time;
    }

    /**
     * What the provider has issued by then counts no more, whoever has it. Where no mark can be left, a link that is to open nothing goes.
     *
     * @param done about the same event, in the same transaction
     */
    Set<Outcome> revoke(boolean suspend, Set<SignalAction> done) {
        LinkMark revoked = LinkMark.of(user, account).revokedAt(time);
        for (SignalAction action : done) {
            revoked = revoked.doneAt(action, time);
        }
        LinkMark after = suspend ? revoked.suspendedAt(time) : revoked;
        try {
            after.write(StoredUser.of(session, user));
        } catch (ReadOnlyException notOurs) {
            return suspend && new WaysIn(session, session.getContext().getRealm(), user).close(account.alias())
                    ? EnumSet.of(Outcome.USER_READ_ONLY, Outcome.LINK_REMOVED)
                    : EnumSet.of(Outcome.USER_READ_ONLY);
        }
        return suspend && after.isSuspended() ? EnumSet.of(Outcome.LINK_SUSPENDED) : EnumSet.noneOf(Outcome.class);
    }

    Outcome resume() {
        LinkMark before = LinkMark.of(user, account);
        LinkMark after = before.resumedAt(time);
        try {
            after.write(StoredUser.of(session, user));
        } catch (ReadOnlyException notOurs) {
            return Outcome.USER_READ_ONLY;
        }
        return after.isSuspended() ? Outcome.OUTDATED : before.isSuspended() ? Outcome.LINK_RESUMED : Outcome.RECORDED;
    }
}
