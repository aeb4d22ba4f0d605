package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ImportMark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What the realm has of some people, by a few queries for all of them: who is certainly not there need not be looked for one by one. Whoever may be there still has to be, since
 * databases compare letters each in its own way.
 */
final class Present {
    /** Databases take so many values at a time. */
    private static final int CHUNK = 500;

    private final Set<String> users = new HashSet<>();
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();

    /** By account the user who would have it; in a dry run, which links nothing. */
    private final Map<ExternalAccount, String> plans = new HashMap<>();

    /** Of nobody yet. */
    private Present() {}

    /**
     * @param userIds that the people would have
     * @param found accounts of theirs
     */
    static Present of(KeycloakSession session, Collection<String> userIds, Collection<ExternalAccount> found) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        String realm = session.getContext().getRealm().getId();
        Present present = new Present();
        List<String> foreignIds = found.stream().map(ExternalAccount::id).toList();
        present.users.addAll(select(
                entities.createQuery("select user.id from UserEntity user where user.id in :some", String.class),
                userIds));
        present.deleted.addAll(select(
                entities.createQuery(
                                "select mark.userId from FederatedUserAttributeEntity mark"
                                        + " where mark.realmId = :realm and mark.name = :name and mark.userId in :some",
                                String.class)
                        .setParameter("realm", realm)
                        .setParameter("name", ImportMark.DELETED),
                userIds));
        present.addAccounts(select(
                entities.createQuery(
                                "select link.userId from FederatedIdentityEntity link"
                                        + " where link.realmId = :realm and link.userId in :some",
                                String.class)
                        .setParameter("realm", realm),
                foreignIds));
        present.addAccounts(select(
                entities.createQuery(
                                "select link.brokerUserId from BrokerLinkEntity link"
                                        + " where link.realmId = :realm and link.brokerUserId in :some",
                                String.class)
                        .setParameter("realm", realm),
                foreignIds));
        return present;
    }

    private static List<String> select(TypedQuery<String> query, Collection<String> some) {
        List<String> all = List.copyOf(some);
        List<String> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            found.addAll(query.setParameter("some", all.subList(from, Math.min(from + CHUNK, all.size())))
                    .getResultList());
        }
        return found;
    }

    private void addAccounts(List<String> foreignIds) {
        foreignIds.stream().map(Present::folded).forEach(accounts::add);
    }

    boolean mayHave(String userId) {
        return users.contains(userId);
    }

    /** Whether somebody was brought under this id before, and deleted. */
    boolean hadDeleted(String userId) {
        return deleted.contains(userId);
    }

    /** Whether somebody, at whichever provider, may have this account. */
    boolean mayHave(ExternalAccount account) {
        return accounts.contains(folded(account.id())) || !isAscii(account.id());
    }

    /** Somebody was brought in between. */
    void add(String userId, Collection<ExternalAccount> linked) {
        users.add(userId);
        linked.forEach(account -> accounts.add(folded(account.id())));
    }

    /** Somebody would have this account by now. */
    void plan(String userId, ExternalAccount account) {
        plans.put(account, userId);
    }

    /** Who would have it by now. */
    Optional<String> plannedOwner(ExternalAccount account) {
        return Optional.ofNullable(plans.get(account));
    }

    /** The id of the account of this provider that a user has, or would have by now. */
    Optional<String> linked(KeycloakSession session, UserModel user, String alias) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(session.users().getFederatedIdentity(realm, user, alias))
                .map(FederatedIdentityModel::getUserId)
                .or(() -> plans.entrySet().stream()
                        .filter(plan -> plan.getValue().equals(user.getId()))
                        .map(Map.Entry::getKey)
                        .filter(account -> account.alias().equals(alias))
                        .map(ExternalAccount::id)
                        .findFirst());
    }

    /** As those databases see it that tell no large letter from a small one, or a blank at the end from none. */
    private static String folded(String id) {
        return id.toLowerCase(Locale.ROOT).stripTrailing();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter < 128);
    }
}
