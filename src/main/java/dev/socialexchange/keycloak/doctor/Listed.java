package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.socialexchange.keycloak.telemetry.Lately;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One provider of a realm, as the list of them has it.
 *
 * @param open whether anybody can exchange with it
 * @param clients that it is open for
 * @param tokenKinds that it takes
 * @param proof what shows that an access token is our app's
 * @param warnings what is wrong with its settings; nobody was asked for it
 * @param lastSuccess on this node since it has started, in seconds since the epoch; absent if there was none
 * @param lastRefusals on this node since it has started, by {@code error_reason}
 * @param lastDriftCheck of the drift watch, on any node
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Listed(
        String alias,
        String type,
        @JsonProperty("display_name") String displayName,
        boolean enabled,
        boolean open,
        Set<String> clients,
        @JsonProperty("token_kinds") List<String> tokenKinds,
        Proof proof,
        List<Step> warnings,
        @JsonProperty("last_success") Long lastSuccess,
        @JsonProperty("last_refusals") Map<String, Lately.Refused> lastRefusals,
        @JsonProperty("last_drift_check") Watched lastDriftCheck) {

    /** What shows that an access token was issued to our app. */
    enum Proof {
        /** The provider tells, asked by a call. */
        CALL,
        /** The token is a JWT that the provider's keys verify. */
        JWT,
        /** The token says it itself, once the profile has opened with it. */
        DECODED,
        /** Nothing: codes and id tokens only. */
        NONE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the drift watch has found.
     *
     * @param at seconds since the epoch
     * @param differences how many
     */
    record Watched(long at, int differences) {}
}
