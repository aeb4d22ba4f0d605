package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * An account that a provider knows by another id once the app belongs to another team (Apple): what the old team was told of it, kept with the
 * user whose link it is. It says nothing to whoever does not come with a token of the new team that names the same.
 *
 * @param key a hash of the alias and the id that both teams are told during the transfer
 * @param account a hash of the alias and the id that the link has: another account is not meant
 * @param until seconds since the epoch
 */
public record MovingAccount(String key, String account, long until) {
    /** Users are found by it. {@code GuardedUserProfile} keeps both from whoever edits a profile. */
    public static final String ATTRIBUTE = "social-exchange.moving";

    static final String DETAIL = "social-exchange.moving-detail";

    /** As long as Apple's tokens name the id of the transfer. */
    static final Duration WINDOW = Duration.ofDays(60);

    /** @param now seconds since the epoch */
    public static MovingAccount announced(ExternalAccount account, String transferId, long now) {
        return new MovingAccount(hash(account.alias(), transferId), hash(account), now + WINDOW.toSeconds());
    }

    /**
     * The account by the id that its link has.
     *
     * @param transferId of a verified token
     * @return empty if nobody was announced by it, or several, or it is too late, or the link is another one by now, or the user administers something, be it only by now
     */
    public static Optional<ExternalAccount> before(KeycloakSession session, String alias, String transferId, long now) {
        RealmModel realm = session.getContext().getRealm();
        String key = hash(alias, transferId);
        List<UserModel> users = users(session, key, now).limit(2).toList();
        if (users.size() != 1 || Administrators.contain(session, realm, users.get(0))) {
            return Optional.empty();
        }
        FederatedIdentityModel link = session.users().getFederatedIdentity(realm, users.get(0), alias);
        return Optional.ofNullable(link)
                .map(one -> new ExternalAccount(alias, one.getUserId()))
                .filter(account -> all(users.get(0))
                        .anyMatch(moving -> moving.key.equals(key) && moving.isGood(hash(account), now)));
    }

    /** Whether another user was announced by the same id, and still is. */
    public boolean isAnothers(KeycloakSession session, UserModel user, long now) {
        return users(session, key, now).anyMatch(other -> !other.getId().equals(user.getId()));
    }

    /** Whether this account was announced, and still is. */
    public static boolean isAnnounced(UserModel user, ExternalAccount account, long now) {
        return all(user).anyMatch(moving -> moving.isGood(hash(account), now));
    }

    /**
     * In the place of what was said of this account before, and good for a whole window again. What is over goes.
     *
     * @return false if it was known already
     */
    public boolean write(UserModel user, long now) {
        boolean known = all(user).anyMatch(other -> other.key.equals(key) && other.isGood(account, now));
        write(
                user,
                Stream.concat(
                        all(user).filter(other -> !other.account.equals(account) && !other.isOver(now)),
                        Stream.of(this)));
        return !known;
    }

    /** The account has its new id, or is gone. */
    public static void forget(UserModel user, ExternalAccount account) {
        if (all(user).anyMatch(moving -> moving.account.equals(hash(account)))) {
            write(user, all(user).filter(other -> !other.account.equals(hash(account))));
        }
    }

    private boolean isGood(String ofAccount, long now) {
        return account.equals(ofAccount) && !isOver(now);
    }

    private boolean isOver(long now) {
        return now >= until;
    }

    private static void write(UserModel user, Stream<MovingAccount> all) {
        List<MovingAccount> written = all.toList();
        user.setAttribute(ATTRIBUTE, written.stream().map(MovingAccount::key).toList());
        user.setAttribute(DETAIL, written.stream().map(MovingAccount::text).toList());
    }

    /** Whoever was announced by it, and still is: what is over stays with a user until something else is written. */
    private static Stream<UserModel> users(KeycloakSession session, String key, long now) {
        return session.users()
                .searchForUserByUserAttributeStream(session.getContext().getRealm(), ATTRIBUTE, key)
                .filter(user -> all(user).anyMatch(moving -> moving.key.equals(key) && !moving.isOver(now)));
    }

    private static Stream<MovingAccount> all(UserModel user) {
        return user.getAttributeStream(DETAIL)
                .map(StrictJson::read)
                .flatMap(Optional::stream)
                .map(MovingAccount::read);
    }

    private static MovingAccount read(JsonNode detail) {
        return new MovingAccount(
                detail.path("key").asText(),
                detail.path("account").asText(),
                detail.path("until").asLong());
    }

    private String text() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", key)
                .put("account", account)
                .put("until", until)
                .toString();
    }

    private static String hash(ExternalAccount account) {
        return hash(account.alias(), account.id());
    }

    private static String hash(String alias, String id) {
        return Digests.sha256Base64Url(alias + '\n' + id);
    }
}
