package dev.socialexchange.keycloak.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.StrictJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.UserModel;

/**
 * What is kept of a request to be forgotten, beside its code and its state.
 *
 * @param alias of the provider that has passed it on
 * @param requested in seconds since the epoch
 * @param reason of an administrator who has refused it
 * @param due when it is done by itself
 */
record RequestDetail(String alias, long requested, String reason, Optional<Instant> due) {
    private static final String DUE = "due";

    /** @param now from which the days count: what is told late leaves an administrator no less time */
    static RequestDetail opened(String alias, Instant requested, OptionalInt graceDays, Instant now) {
        Optional<Instant> due =
                graceDays.isPresent() ? Optional.of(now.plus(graceDays.getAsInt(), ChronoUnit.DAYS)) : Optional.empty();
        return new RequestDetail(alias, requested.getEpochSecond(), "", due);
    }

    static RequestDetail of(UserModel user) {
        JsonNode kept = Optional.ofNullable(user.getFirstAttribute(DeletionRequests.DETAIL))
                .flatMap(StrictJson::read)
                .orElseGet(JsonNodeFactory.instance::objectNode);
        long due = kept.path(DUE).asLong(0);
        return new RequestDetail(
                kept.path("alias").asText(),
                kept.path("requested").asLong(),
                kept.path("reason").asText(),
                due > 0 ? Optional.of(Instant.ofEpochSecond(due)) : Optional.empty());
    }

    RequestDetail refused(String why) {
        return new RequestDetail(alias, requested, why, Optional.empty());
    }

    /** Whether this was asked for then, or has been asked for since. */
    boolean covers(Instant other) {
        return other.getEpochSecond() <= requested;
    }

    boolean isDue(Instant now) {
        return due.filter(time -> !time.isAfter(now)).isPresent();
    }

    void write(UserModel user) {
        ObjectNode kept = JsonNodeFactory.instance
                .objectNode()
                .put("alias", alias)
                .put("requested", requested)
                .put("reason", reason);
        due.ifPresent(time -> kept.put(DUE, time.getEpochSecond()));
        user.setSingleAttribute(DeletionRequests.DETAIL, kept.toString());
    }
}
