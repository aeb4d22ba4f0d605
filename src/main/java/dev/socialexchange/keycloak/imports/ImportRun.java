package dev.socialexchange.keycloak.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.login.ImportedDeletions;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/** Whom one run of an import has made: how many of them have come, and taking back those who have not. */
final class ImportRun {
    /** A transaction is over long before its limit. */
    private static final int MOST = 200;

    private static final String OF_RUN =
            " where mark.name = :name and mark.value = :run and mark.user.realmId = :realm";

    private final KeycloakSession session;
    private final String run;
    private final Managed managed;
    private final List<Finding> findings = new ArrayList<>();
    private int removed;

    ImportRun(KeycloakSession session, String source, String job, Managed managed) {
        this.session = session;
        this.managed = managed;
        this.run = ImportMark.run(source, job);
    }

    /** @param came since, in whatever way */
    record Progress(long people, long came) {}

    /**
     * What has become of some of them.
     *
     * @param kept since they have come, have been changed, are not the administrator's to manage, or could not be removed
     * @param next where the rest begins; {@code null} if there is none
     * @param findings who could not be removed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Undone(int removed, int kept, String next, List<Finding> findings) {}

    /** @param code the {@code error_reason} of what has failed at this user; the server's log says where */
    record Finding(@JsonProperty("user_id") String userId, String code) {}

    Progress progress() {
        return new Progress(
                count("select count(mark) from UserAttributeEntity mark" + OF_RUN),
                count("select count(mark) from UserAttributeEntity mark" + OF_RUN
                        + " and exists (select 1 from UserAttributeEntity came"
                        + " where came.user = mark.user and came.name = '" + ImportMark.CAME + "')"));
    }

    private long count(String query) {
        return entities(session)
                .createQuery(query, Long.class)
                .setParameter("name", ImportMark.ATTRIBUTE)
                .setParameter("run", run)
                .setParameter("realm", session.getContext().getRealm().getId())
                .getSingleResult();
    }

    /**
     * @param after an earlier answer's {@code next}, or empty
     * @throws ExchangeException if the database does not answer: who was removed before stays so
     */
    Undone undo(String after, boolean dryRun) {
        List<String> some = alone(own -> following(own, after));
        String next = some.size() < MOST ? null : some.get(some.size() - 1);
        try {
            removed = alone(own -> removed(own, some, dryRun));
            return new Undone(removed, some.size() - removed, next, List.of());
        } catch (ExchangeException failed) {
            if (failed.error() == ExchangeError.SERVER_BUSY) {
                throw failed;
            }
        }
        for (String id : some) { // whatever is wrong with somebody keeps nobody else
            try {
                removed += alone(own -> removed(own, List.of(id), dryRun));
            } catch (ExchangeException failed) {
                if (failed.error() == ExchangeError.SERVER_BUSY) {
                    throw failed;
                }
                findings.add(new Finding(id, failed.error().reason()));
            }
        }
        return new Undone(removed, some.size() - removed, next, findings);
    }

    /** Up to now, also if an exception has ended it: whoever was removed stays so. */
    int removed() {
        return removed;
    }

    /** Stores and listeners may be anybody's code. */
    private <T> T alone(Function<KeycloakSession, T> work) {
        return ForeignCode.alone("import", () -> new OwnTransaction(session).run(work));
    }

    private List<String> following(KeycloakSession own, String after) {
        return entities(own)
                .createQuery(
                        "select mark.user.id from UserAttributeEntity mark" + OF_RUN
                                + " and mark.user.id > :after order by mark.user.id",
                        String.class)
                .setParameter("name", ImportMark.ATTRIBUTE)
                .setParameter("run", run)
                .setParameter("realm", own.getContext().getRealm().getId())
                .setParameter("after", after)
                .setMaxResults(MOST)
                .getResultList();
    }

    private int removed(KeycloakSession own, List<String> some, boolean dryRun) {
        RealmModel realm = own.getContext().getRealm();
        ImportedDeletions.forget(own);
        int removed = 0;
        for (String id : some) {
            UserModel user = own.users().getUserById(realm, id);
            if (user != null && isAsBrought(own, realm, user) && managed.is(own, user)) {
                removed++;
                if (!dryRun) {
                    new UserManager(own).removeUser(realm, user);
                }
            }
        }
        return removed;
    }

    /** Nobody has signed in as them, changed them, linked anything to them or made them somebody who counts. */
    private static boolean isAsBrought(KeycloakSession own, RealmModel realm, UserModel user) {
        ImportMark mark = ImportMark.of(user).orElse(null);
        return mark != null
                && !ImportMark.hasCome(user)
                && own.sessions().getUserSessionsStream(realm, user).findAny().isEmpty()
                && own.sessions()
                        .getOfflineUserSessionsStream(realm, user)
                        .findAny()
                        .isEmpty()
                && own.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .allMatch(link ->
                                mark.hasBrought(new ExternalAccount(link.getIdentityProvider(), link.getUserId())))
                && BroughtState.isStill(own, realm, user)
                && !ProtectedAccounts.contain(own, realm, user);
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
