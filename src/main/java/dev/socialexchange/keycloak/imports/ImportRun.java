package dev.socialexchange.keycloak.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.login.ImportedDeletions;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import jakarta.persistence.EntityManager;
import java.util.List;
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
     * @param kept since they have come, or have been changed
     * @param next where the rest begins; {@code null} if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Undone(int removed, int kept, String next) {}

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

    /** @param after an earlier answer's {@code next}, or empty */
    Undone undo(String after, boolean dryRun) {
        return ForeignCode.alone("import", () -> new OwnTransaction(session).run(own -> undo(own, after, dryRun)));
    }

    private Undone undo(KeycloakSession own, String after, boolean dryRun) {
        RealmModel realm = own.getContext().getRealm();
        ImportedDeletions.forget(own);
        List<String> some = entities(own)
                .createQuery(
                        "select mark.user.id from UserAttributeEntity mark" + OF_RUN
                                + " and mark.user.id > :after order by mark.user.id",
                        String.class)
                .setParameter("name", ImportMark.ATTRIBUTE)
                .setParameter("run", run)
                .setParameter("realm", realm.getId())
                .setParameter("after", after)
                .setMaxResults(MOST)
                .getResultList();
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
        return new Undone(removed, some.size() - removed, some.size() < MOST ? null : some.get(some.size() - 1));
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
