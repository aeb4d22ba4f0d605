package dev.socialexchange.keycloak.effect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.provider.DeletionRequest;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A request to be forgotten that waits for a decision, for administrators.
 *
 * @param requested in seconds since the epoch
 * @param linked whether the account that has asked opens this user's account: without it nothing is done by itself
 * @param due when it is done by itself, likewise; {@code null}: never
 */
public record WaitingDeletion(
        String code,
        @JsonProperty("user_id") String userId,
        String username,
        String alias,
        long requested,
        boolean linked,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long due) {

    static WaitingDeletion of(KeycloakSession session, Grace grace, UserModel user) {
        DeletionRequest request = DeletionRequest.of(user);
        return new WaitingDeletion(
                user.getFirstAttribute(DeletionRequest.CODE),
                user.getId(),
                user.getUsername(),
                request.alias(),
                request.requested(),
                request.isLinked(session, user),
                grace.end(user, request).map(Instant::getEpochSecond).orElse(null));
    }
}
