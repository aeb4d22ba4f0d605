package dev.socialexchange.keycloak.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A request to be forgotten that waits for a decision, for administrators.
 *
 * @param requested in seconds since the epoch
 * @param due when it is done by itself, likewise; {@code null}: never
 */
public record WaitingDeletion(
        String code,
        @JsonProperty("user_id") String userId,
        String username,
        String alias,
        long requested,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long due) {}
