package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.login.DeletionNotice;
import dev.socialexchange.keycloak.login.MarkedUser;
import dev.socialexchange.keycloak.proof.SealingKeys;
import dev.socialexchange.keycloak.provider.DeletionRequest;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.StoredUser;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
 * that there was one.
 */
public final class DeletionRequests {
    static final int MAX_REASON = 500;

    /** At a time: the next ones follow. */
    private static final int MOST_DUE = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SealingKeys keys;
    private final Grace grace;

    public DeletionRequests(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.keys = new KeycloakSurroundings(session).sealingKeys();
        this.grace = new Grace(session);
    }

    /**
     * Of somebody who asks again, the code of the first time. A message that is told again, or kept and sent by somebody else, is no new request: what was
     * asked for no later than what an administrator has refused stays refused.
     *
     * @param account that asks; without a link it has nothing done by itself
     */
    String open(UserModel user, ExternalAccount account, Instant requested, OptionalInt graceDays) {
        String before = user.getFirstAttribute(DeletionRequest.CODE);
        Optional<ExternalAccount> asking = Optional.ofNullable(account.linkedUser(session))
                .filter(linked -> linked.getId().equals(user.getId()))
                .flatMap(linked -> ExternalAccount.ofLink(session, user, account.alias()));
        if (before != null && isKnown(user, asking.orElse(account), requested)) {
            return before;
        }
        // what was refused is looked at anew, whoever looks by which code
        String code = before != null
                ? before
                : ConfirmationCode.issue(realm.getId(), keys).text();
        user.setSingleAttribute(DeletionRequest.CODE, code);
        DeletionRequest request = DeletionRequest.opened(account.alias(), asking, requested, graceDays, now());
        request.write(user, DeletionRequest.OPEN);
        grace.end(user, request).ifPresent(day -> DeletionNotice.send(session, user, account.alias(), day));
        return code;
    }

    /** Whether there is nothing new in it. What was closed with one account says nothing of another. */
    private static boolean isKnown(UserModel user, ExternalAccount account, Instant requested) {
        DeletionRequest request = DeletionRequest.of(user);
        if (!DeletionRequest.isOpen(user)) {
            return request.covers(requested)
                    && (!DeletionRequest.CLOSED.equals(user.getFirstAttribute(DeletionRequest.STATE))
                            || request.isBy(account));
        }
        if (!request.isBy(account) && !request.asked()) {
            request.askedByAnother().write(user, DeletionRequest.OPEN);
        }
        return true;
    }

    /** By Keycloak's clock. */
    static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /** A code like any other, of a request about nobody who is known here. */
    public String aboutNobody() {
        return ConfirmationCode.issue(realm.getId(), keys).text();
    }

    /** Empty if the code was never given out. */
    public Optional<DeletionStatus> status(String code) {
        if (!new ConfirmationCode(code).isGenuine(realm.getId(), keys)) {
            return Optional.empty();
        }
        return Optional.of(
                user(code).map(user -> DeletionStatus.of(user, grace)).orElse(DeletionStatus.RECEIVED));
    }

    /**
     * The oldest first where the store says so.
     *
     * @param visible whether whoever asks may see this user
     */
    public List<WaitingDeletion> waiting(int first, int max, Predicate<UserModel> visible) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, DeletionRequest.STATE, DeletionRequest.OPEN)
                .filter(visible)
                .skip(first)
                .limit(max)
                .map(user -> WaitingDeletion.of(session, grace, user))
                .toList();
    }

    /**
     * Deletes the user. That is committed when this returns, and whatever else is decided comes before or after it.
     *
     * @param mayManage throws if whoever decides may not manage this user
     * @return false if there is no such request, or the user is protected
     */
    public boolean approve(String code, Consumer<UserModel> mayManage) {
        return open(code, mayManage)
                .filter(found -> MarkedUser.changing(
                        session, found.getId(), (own, user) -> new DeletionRequests(own).approve(user)))
                .isPresent();
    }

    /** @param user as the database has them: somebody may have decided a moment ago, or made an administrator of them */
    boolean approve(UserModel user) {
        return DeletionRequest.isOpen(user)
                && !ProtectedAccounts.contain(session, realm, user)
                && new UserManager(session).removeUser(realm, user);
    }

    /**
     * The user stays, and whoever has the code reads why. That is committed when this returns, and whatever is done by itself comes before or after it.
     *
     * @param mayManage throws if whoever decides may not manage this user
     * @return false if there is no such request
     */
    public boolean reject(String code, String reason, Consumer<UserModel> mayManage) {
        return open(code, mayManage)
                .filter(found -> MarkedUser.changing(
                        session, found.getId(), (own, user) -> new DeletionRequests(own).reject(user, reason)))
                .isPresent();
    }

    private boolean reject(UserModel user, String reason) {
        if (!DeletionRequest.isOpen(user)) {
            return false;
        }
        DeletionRequest.of(user).refused(reason).write(StoredUser.of(session, user), DeletionRequest.REFUSED);
        return true;
    }

    /**
     * Ids of users whose open requests are to be done by themselves now, a few of them.
     *
     * @param tried whoever is not wanted again
     */
    List<String> due(Set<String> tried) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, DeletionRequest.STATE, DeletionRequest.OPEN)
                .filter(user -> !tried.contains(user.getId()))
                .filter(this::isDue)
                .map(UserModel::getId)
                .limit(MOST_DUE)
                .toList();
    }

    /**
     * Deletes the user, unless an administrator has decided otherwise meanwhile.
     *
     * @param user as the database has them
     * @return the provider's alias; empty if the user stays
     */
    Optional<String> doDue(UserModel user) {
        if (!DeletionRequest.isOpen(user) || !isDue(user)) {
            return Optional.empty();
        }
        String alias = DeletionRequest.of(user).alias();
        if (!new UserManager(session).removeUser(realm, user)) {
            throw new IllegalStateException("a storage keeps this user"); // for the log, and for the next time
        }
        return Optional.of(alias);
    }

    private boolean isDue(UserModel user) {
        DeletionRequest request = DeletionRequest.of(user);
        return request.isDue(now()) && grace.end(user, request).isPresent();
    }

    private Optional<UserModel> open(String code, Consumer<UserModel> mayManage) {
        Optional<UserModel> found = user(code);
        found.ifPresent(mayManage);
        return found.filter(DeletionRequest::isOpen);
    }

    private Optional<UserModel> user(String code) {
        return session.users()
                .searchForUserByUserAttributeStream(realm, DeletionRequest.CODE, code)
                .findFirst();
    }
}
