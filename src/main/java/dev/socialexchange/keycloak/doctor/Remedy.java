package dev.socialexchange.keycloak.doctor;

import static java.util.Map.entry;

import dev.socialexchange.keycloak.doctor.Step.Setting;
import java.util.Map;

/**
 * What to do about a refusal.
 *
 * @param setting to look at, {@code null} if it is none of the provider's
 */
record Remedy(Setting setting, String advice) {
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            entry("client_not_allowed", "exchangeClients"),
            entry("provider_unknown", "exchangeClients"),
            entry("token_type_unsupported", "exchangeTokenTypes"),
            entry("token_for_another_app", "exchangeAudience"),
            entry("token_for_another_audience", "exchangeTokenAudience"),
            entry("token_too_old", "exchangeMaxAge"),
            entry("token_replayed", "exchangeSingleUse"),
            entry("nonce_missing", "exchangeNonce"),
            entry("nonce_mismatch", "exchangeNonce"),
            entry("nonce_not_issued", "exchangeNonce"),
            entry("hosted_domain_not_allowed", "hostedDomain"),
            entry("linking_only", "linkOnly"),
            entry("provider_unavailable", "exchangeTimeout"),
            entry("throttled", "exchangeThrottle"));

    /**
     * @param reason {@code error_reason}, or what Keycloak's own code says
     * @param detail that the event would have, {@code null} for none
     */
    static Remedy of(Phrases phrases, String reason, String detail) {
        String key = SETTINGS.get(reason);
        return new Remedy(
                key == null ? null : Setting.of(phrases, key),
                phrases.advice(reason, detail)
                        .or(() -> phrases.find("advice.other"))
                        .orElseThrow());
    }
}
