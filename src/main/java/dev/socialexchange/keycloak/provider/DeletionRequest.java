package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.StrictJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What is kept of a request to be forgotten, with the user whom it is about.
 *
 * @param alias of the provider that has passed it on
 * @param account the digest of the account that has asked; empty if nobody knows which one that was, as of what former versions have kept
 * @param asked whether another account of the user's has asked as well since
 * @param requested in seconds since the epoch
 * @param reason of an administrator who has refused it
 * @param due when it is done by itself
 */
public record DeletionRequest(
        String alias, String account, boolean asked, long requested, String reason, Optional<Instant> due) {
    /** What the request goes by: users are found by it. {@code GuardedUserProfile} keeps all of them from whoever edits a profile. */
    public static final String CODE = "social-exchange.deletion";

    /** Of a request that nobody has decided about: users are found by it. */
    public static final String STATE = "social-exchange.deletion-state";

    public static final String DETAIL = "social-exchange.deletion-detail";

    public static final String OPEN = "open";
    public static final String REFUSED = "refused";

    /** The account that has asked was not the person's. */
    public static final String CLOSED = "closed";

    private static final String DUE = "due";

    /**
     * @param now from which the days count: what is told late leaves an administrator no less time
     * @param account that has asked, as the user's link has it; empty if there is no such link any more
     */
    public static DeletionRequest opened(
            String alias, Optional<ExternalAccount> account, Instant requested, OptionalInt graceDays, Instant now) {
        Optional<Instant> due = graceDays.isPresent() && account.isPresent()
                ? Optional.of(now.plus(graceDays.getAsInt(), ChronoUnit.DAYS))
                : Optional.empty();
        String asking = account.map(ExternalAccount::digest).orElse("");
        return new DeletionRequest(alias, asking, false, requested.getEpochSecond(), "", due);
    }

    public static DeletionRequest of(UserModel user) {
        JsonNode kept = Optional.ofNullable(user.getFirstAttribute(DETAIL))
                .flatMap(StrictJson::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        long due = kept.path(DUE).asLong(0);
        return new DeletionRequest(
                kept.path("alias").asText(),
                kept.path("account").asText(),
                kept.path("asked").asBoolean(),
                kept.path("requested").asLong(),
                kept.path("reason").asText(),
                due > 0 ? Optional.of(Instant.ofEpochSecond(due)) : Optional.empty());
    }

    /** Whether there is one that nobody has decided about. */
    public static boolean isOpen(UserModel user) {
        return OPEN.equals(user.getFirstAttribute(STATE));
    }

    public DeletionRequest refused(String why) {
        return new DeletionRequest(alias, account, asked, requested, why, Optional.empty());
    }

    /** Another account of the user's wants the same. */
    public DeletionRequest askedByAnother() {
        return new DeletionRequest(alias, account, true, requested, reason, due);
    }

    /** Nothing of it is done by itself any more, and the account that has asked counts no more. */
    public DeletionRequest disowned() {
        return new DeletionRequest(alias, "", asked, requested, reason, Optional.empty());
    }

    /** Whether this was asked for then, or has been asked for since. */
    public boolean covers(Instant other) {
        return other.getEpochSecond() <= requested;
    }

    public boolean isBy(ExternalAccount other) {
        return alias.equals(other.alias()) && account.equals(other.digest());
    }

    /** Whether the user still has the very account that has asked, and it is not suspended. */
    public boolean isLinked(KeycloakSession session, UserModel user) {
        return ExternalAccount.ofLink(session, user, alias)
                .filter(this::isBy)
                .filter(linked -> !LinkMark.of(user, linked).isSuspended())
                .isPresent();
    }

    public boolean isDue(Instant now) {
        return due.filter(time -> !time.isAfter(now)).isPresent();
    }

    public void write(UserModel user, String state) {
        ObjectNode kept = JsonNodeFactory.instance
                .objectNode()
                .put("alias", alias)
                .put("account", account)
                .put("asked", asked)
                .put("requested", requested)
                .put("reason", reason);
        due.ifPresent(time -> kept.put(DUE, time.getEpochSecond()));
        user.setSingleAttribute(STATE, state);
        user.setSingleAttribute(DETAIL, kept.toString());
    }
}
