package dev.socialexchange.keycloak.telemetry;

import java.util.Map;

/**
 * What has come of one provider's exchanges on this node, since it has started.
 *
 * @param lastSuccess seconds since the epoch; 0 for none yet
 * @param refusals by {@code error_reason}
 */
public record Lately(long lastSuccess, Map<String, Refused> refusals) {
    public static final Lately NOTHING = new Lately(0, Map.of());

    /** @param last seconds since the epoch */
    public record Refused(long count, long last) {}
}
