package dev.socialexchange.keycloak.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.proof.SealingKeys;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/**
 * Requests of people to be forgotten, as a provider has passed them on: nothing is deleted before an administrator has said so. They are
 * kept with the user whom they are about, so that there are never more of them than users; when the user is gone, the code alone tells
 * that it is done.
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

    /** At a time: the next ones follow. */
    private static final int MOST_DUE = 100;

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
        /** Nothing of the account is here, or never was. */
        DONE
    }

    /**
     * @param reason that the administrator has given, for the person to read; blank if there is none
     * @param due when it is done unless an administrator decides otherwise; empty if nothing is done by itself
     */
    public record Status(State state, String reason, Optional<Instant> due) {}

    /**
     * A request that waits for a decision.
     *
     * @param requested in seconds since the epoch
     * @param due when it is done by itself, likewise; {@code null}: never
     */
    public record Waiting(
            String code,
            @JsonProperty("user_id") String userId,
            String username,
            String alias,
            long requested,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long due) {}

    /** Of somebody who asks again, the code of the first time. */
    String open(UserModel user, String alias, Instant requested, OptionalInt graceDays) {
        String before = user.getFirstAttribute(CODE);
        if (before != null && OPEN.equals(user.getFirstAttribute(STATE))) {
            return before;
        }
        String code = ConfirmationCode.issue(realm.getId(), keys).text();
        user.setSingleAttribute(CODE, code);
        user.setSingleAttribute(STATE, OPEN);
        RequestDetail.opened(alias, requested, graceDays, now()).write(user);
        return code;
    }

    /** By Keycloak's clock. */
    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /** A code like any other, of a request about nobody who is known here: that is done. */
    public String aboutNobody() {
        return ConfirmationCode.issue(realm.getId(), keys).text();
    }

    /** Empty if the code was never given out. */
    public Optional<Status> status(String code) {
        if (!new ConfirmationCode(code).isGenuine(realm.getId(), keys)) {
            return Optional.empty();
        }
        return Optional.of(user(code).map(this::status).orElse(new Status(State.DONE, "", Optional.empty())));
    }

    private Status status(UserModel user) {
        RequestDetail detail = RequestDetail.of(user);
        return OPEN.equals(user.getFirstAttribute(STATE))
                ? new Status(State.OPEN, "", detail.due().filter(due -> due.isAfter(now()) && detail.isOn(session)))
                : new Status(State.REFUSED, detail.reason(), Optional.empty());
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
                .map(this::waiting)
                .toList();
    }

    private Waiting waiting(UserModel user) {
        RequestDetail detail = RequestDetail.of(user);
        return new Waiting(
                user.getFirstAttribute(CODE),
                user.getId(),
                user.getUsername(),
                detail.alias(),
                detail.requested(),
                detail.due()
                        .filter(due -> detail.isOn(session))
                        .map(Instant::getEpochSecond)
                        .orElse(null));
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
            user.setSingleAttribute(STATE, REFUSED);
            RequestDetail.of(user).refused(reason).write(user);
        });
        return found.isPresent();
    }

    /** Codes of open requests that are to be done by themselves now, a few of them. */
    List<String> due() {
        return session.users()
                .searchForUserByUserAttributeStream(realm, STATE, OPEN)
                .filter(this::isDue)
                .map(user -> user.getFirstAttribute(CODE))
                .limit(MOST_DUE)
                .toList();
    }

    /**
     * Deletes the user, unless an administrator has decided otherwise meanwhile.
     *
     * @param told of the user and the provider's alias, before the user is gone
     */
    void doDue(String code, BiConsumer<UserModel, String> told) {
        open(code, user -> {}).filter(this::isDue).ifPresent(user -> {
            told.accept(user, RequestDetail.of(user).alias());
            new UserManager(session).removeUser(realm, user);
        });
    }

    private boolean isDue(UserModel user) {
        RequestDetail detail = RequestDetail.of(user);
        return detail.isDue(now()) && detail.isOn(session) && !ProtectedAccounts.contain(session, realm, user);
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
}
