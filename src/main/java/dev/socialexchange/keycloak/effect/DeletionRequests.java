package dev.socialexchange.keycloak.effect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.proof.SealingKeys;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/**
 * Requests of people to be forgotten, as a provider has passed them on: nothing is deleted before an administrator has said so. They are
 * kept with the user whom they are about, so that there are never more of them than users; when the user is gone, the code alone tells
 * that there was one.
 */
public final class DeletionRequests {
    /** What the request goes by: users are found by it. */
    static final String CODE = "social-exchange.deletion";

    /** Of a request that nobody has decided about: users are found by it. */
    static final String STATE = "social-exchange.deletion-state";

    static final String DETAIL = "social-exchange.deletion-detail";

    private static final String OPEN = "open";
    private static final String REFUSED = "refused";
    static final int MAX_REASON = 500;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SealingKeys keys;

    public DeletionRequests(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.keys = new KeycloakSurroundings(session).sealingKeys();
    }

    /** What has become of a request. */
    public enum State {
        OPEN,
        REFUSED,
        /** Nothing waits: the account is not here any more, or never was, or is none that a provider's word is enough for. */
        RECEIVED
    }

    /** @param reason that the administrator has given, for the person to read; blank if there is none */
    public record Status(State state, String reason) {}

    /**
     * A request that waits for a decision.
     *
     * @param requested in seconds since the epoch
     */
    public record Waiting(
            String code, @JsonProperty("user_id") String userId, String username, String alias, long requested) {}

    /** Of somebody who asks again, the code of the first time. */
    String open(UserModel user, String alias, Instant requested) {
        String before = user.getFirstAttribute(CODE);
        if (before != null && OPEN.equals(user.getFirstAttribute(STATE))) {
            return before;
        }
        // what was refused is looked at anew, whoever looks by which code
        String code = before != null
                ? before
                : ConfirmationCode.issue(realm.getId(), keys).text();
        user.setSingleAttribute(CODE, code);
        user.setSingleAttribute(STATE, OPEN);
        write(user, alias, requested.getEpochSecond(), "");
        return code;
    }

    /** A code like any other, of a request about nobody who is known here. */
    public String aboutNobody() {
        return ConfirmationCode.issue(realm.getId(), keys).text();
    }

    /** Empty if the code was never given out. */
    public Optional<Status> status(String code) {
        if (!new ConfirmationCode(code).isGenuine(realm.getId(), keys)) {
            return Optional.empty();
        }
        return Optional.of(user(code).map(DeletionRequests::status).orElse(new Status(State.RECEIVED, "")));
    }

    private static Status status(UserModel user) {
        return OPEN.equals(user.getFirstAttribute(STATE))
                ? new Status(State.OPEN, "")
                : new Status(State.REFUSED, detail(user).path("reason").asText());
    }

    /**
     * The oldest first where the store says so.
     *
     * @param visible whether whoever asks may see this user
     */
    public List<Waiting> waiting(int first, int max, Predicate<UserModel> visible) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, STATE, OPEN)
                .filter(visible)
                .skip(first)
                .limit(max)
                .map(user -> new Waiting(
                        user.getFirstAttribute(CODE),
                        user.getId(),
                        user.getUsername(),
                        detail(user).path("alias").asText(),
                        detail(user).path("requested").asLong()))
                .toList();
    }

    /**
     * Deletes the user.
     *
     * @param mayManage throws if whoever decides may not manage this user
     * @return false if there is no such request, or the user is protected
     */
    public boolean approve(String code, Consumer<UserModel> mayManage) {
        return open(code, mayManage)
                .filter(user -> !ProtectedAccounts.contain(session, realm, user))
                .filter(user -> new UserManager(session).removeUser(realm, user))
                .isPresent();
    }

    /**
     * The user stays, and whoever has the code reads why.
     *
     * @param mayManage throws if whoever decides may not manage this user
     * @return false if there is no such request
     */
    public boolean reject(String code, String reason, Consumer<UserModel> mayManage) {
        Optional<UserModel> found = open(code, mayManage);
        found.ifPresent(user -> {
            JsonNode detail = detail(user);
            user.setSingleAttribute(STATE, REFUSED);
            write(user, detail.path("alias").asText(), detail.path("requested").asLong(), reason);
        });
        return found.isPresent();
    }

    private Optional<UserModel> open(String code, Consumer<UserModel> mayManage) {
        Optional<UserModel> found = user(code);
        found.ifPresent(mayManage);
        return found.filter(user -> OPEN.equals(user.getFirstAttribute(STATE)));
    }

    private Optional<UserModel> user(String code) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, CODE, code)
                .findFirst();
    }

    private static JsonNode detail(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(DETAIL))
                .flatMap(StrictJson::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static void write(UserModel user, String alias, long requested, String reason) {
        user.setSingleAttribute(
                DETAIL,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("alias", alias)
                        .put("requested", requested)
                        .put("reason", reason)
                        .toString());
    }
}
