package dev.socialexchange.keycloak.transfer;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.login.LinkMove;
import dev.socialexchange.keycloak.provider.Administrators;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.MovingAccount;
import dev.socialexchange.keycloak.transfer.TransferReport.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/** Lines of one request, each in a transaction of its own: sent again they change nothing. */
final class Transfer {
    private static final long MILLIS = 1000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String alias;
    private final Predicate<UserModel> mayManage;
    private final TransferReport report = new TransferReport();

    /** @param mayManage whether whoever sends the lines may manage this user */
    Transfer(KeycloakSession session, String alias, Predicate<UserModel> mayManage) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.alias = alias;
        this.mayManage = mayManage;
    }

    /** Seconds since the epoch, by Keycloak's clock. */
    static long now() {
        return Time.currentTimeMillis() / MILLIS;
    }

    TransferReport of(List<String> lines) {
        for (int number = 1; number <= lines.size(); number++) {
            int current = number;
            Optional<TransferLine> line = TransferLine.read(lines.get(number - 1));
            try {
                ForeignCode.alone(
                        "transfer", () -> of(current, line)); // what fails with one user keeps nobody else's line
            } catch (ExchangeException refused) {
                report.refuse(number, refused.error().reason());
            }
        }
        return report;
    }

    private TransferReport of(int number, Optional<TransferLine> line) {
        line.ifPresentOrElse(read -> of(number, read), () -> report.refuse(number, "unreadable"));
        return report;
    }

    private void of(int number, TransferLine line) {
        ExternalAccount account = new ExternalAccount(alias, line.id());
        UserModel user = account.linkedUser(session);
        if (user == null) {
            unknown(number, line);
        } else if (!mayManage.test(user)) {
            report.refuse(number, "forbidden");
        } else if (Administrators.contain(session, realm, user)) {
            report.refuse(number, "protected"); // a table must not hand an administrator's account to anybody
        } else if (line.newId() != null) {
            if (new LinkMove(session).move(account, line.newId())) {
                report.tell(Outcome.MOVED);
            } else {
                report.refuse(number, "unknown_account");
            }
        } else {
            announce(number, account, user.getId(), line.transferId());
        }
    }

    /** A link that has the new id had the old one. */
    private void unknown(int number, TransferLine line) {
        if (line.newId() != null && new ExternalAccount(alias, line.newId()).isLinked(session)) {
            report.tell(Outcome.UNCHANGED);
        } else {
            report.refuse(number, "unknown_account");
        }
    }

    private void announce(int number, ExternalAccount account, String userId, String transferId) {
        long now = now();
        MovingAccount moving = MovingAccount.announced(account, transferId, now);
        Optional<Outcome> done = new OwnTransaction(session).run(own -> {
            UserModel user = own.users().getUserById(own.getContext().getRealm(), userId);
            if (user == null || moving.isAnothers(own, user, now)) {
                return Optional.empty();
            }
            try {
                return Optional.of(moving.write(user, now) ? Outcome.ANNOUNCED : Outcome.UNCHANGED);
            } catch (ReadOnlyException notOurs) {
                return Optional.of(Outcome.REFUSED);
            }
        });
        if (done.isEmpty()) {
            report.refuse(number, "transfer_sub_taken");
        } else if (done.get() == Outcome.REFUSED) {
            report.refuse(number, "user_read_only");
        } else {
            report.tell(done.get());
        }
    }
}
