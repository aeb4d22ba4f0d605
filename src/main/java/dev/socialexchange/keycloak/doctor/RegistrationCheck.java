package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.utils.StringUtil;

/** Whether what this realm holds of our app at the provider is whole: ids, secrets, and what the provider has to know of us. */
record RegistrationCheck(Patient patient, ExchangeIdentityProvider provider, Surroundings surroundings) {
    private static final String CLIENT_SECRET = "clientSecret";
    private static final String VAULT = "${vault.";
    /** Time to get another one. */
    private static final Duration SOON = Duration.ofDays(30);

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        boolean named = StringUtil.isNotBlank(provider.getConfig().getClientId());
        findings.add(
                named
                        ? Finding.ok("client_id").found(provider.getConfig().getClientId())
                        : Finding.refused("client_id", "missing").setting("clientId"));
        Finding secret = secret();
        findings.add(secret);
        if (provider.signsItsSecret() && named) {
            findings.add(signingKey());
        }
        if (named && secret.is(Step.Verdict.OK)) {
            expiry().ifPresent(findings::add);
        }
        provider.descriptor()
                .signedData()
                .map(data -> sharedSecret(data.secretSetting()))
                .ifPresent(findings::add);
        findings.add(audience());
        findings.add(Finding.note("redirect_uri", "register").expected(patient.redirectUri()));
        return findings;
    }

    private Finding secret() {
        String configured = provider.getConfig().getClientSecret();
        if (provider.getConfig().isJWTAuthentication()) {
            return Finding.note("secret", "signed_by_realm").setting("clientAuthMethod");
        }
        if (StringUtil.isBlank(configured)) {
            return Finding.warning("secret", "missing").setting(CLIENT_SECRET);
        }
        if (configured.startsWith(VAULT)) {
            return surroundings.secrets().secret(configured).isPresent()
                    ? Finding.ok("secret")
                    : Finding.refused("secret", "vault").setting(CLIENT_SECRET);
        }
        return configured.equals(configured.strip())
                ? Finding.ok("secret")
                : Finding.warning("secret", "spaces").setting(CLIENT_SECRET);
    }

    /** Who takes id tokens only needs none, and has left out what goes with one. */
    private Finding signingKey() {
        try {
            provider.variables(app(), "");
            return Finding.ok("client_secret_key");
        } catch (ExchangeException unusable) {
            return provider.leavesOutItsSecret()
                    ? Finding.note("client_secret_key", "left_out").setting(CLIENT_SECRET)
                    : Finding.refused("client_secret_key", "unusable").setting(CLIENT_SECRET);
        }
    }

    private AppRegistration app() {
        return AppRegistration.of(surroundings.secrets(), provider.getConfig(), provider.settings());
    }

    /** Of a secret that is a signed token, as some providers have their apps make them in advance. */
    private Optional<Finding> expiry() {
        return end().map(end -> {
            Instant now = surroundings.clock().instant();
            Finding finding = end.isBefore(now)
                    ? Finding.refused("secret_expiry", "expired")
                    : end.isBefore(now.plus(SOON))
                            ? Finding.warning("secret_expiry", "soon")
                            : Finding.ok("secret_expiry");
            return finding.found(DateTimeFormatter.ISO_LOCAL_DATE.format(
                            end.atZone(ZoneOffset.UTC).toLocalDate()))
                    .setting(CLIENT_SECRET);
        });
    }

    private Optional<Instant> end() {
        String secret = app().clientSecret();
        String[] parts = secret == null ? new String[0] : secret.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return StrictJson.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                    .map(claims -> claims.path("exp"))
                    .filter(JsonNode::canConvertToLong)
                    .map(JsonNode::longValue)
                    .map(Instant::ofEpochSecond);
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
    }

    private Finding sharedSecret(String key) {
        String configured = provider.getConfig().getConfig().get(key);
        if (StringUtil.isBlank(configured)) {
            boolean wanted = provider.settings().tokenTypes().contains(TokenKind.SIGNED_DATA);
            return (wanted ? Finding.refused("shared_secret", "missing") : Finding.note("shared_secret", "left_out"))
                    .setting(key);
        }
        return surroundings.secrets().secret(configured.strip()).isPresent()
                ? Finding.ok("shared_secret")
                : Finding.refused("shared_secret", "vault").setting(key);
    }

    /** An app of the same product on a phone is another client there, and its tokens name that one. */
    private Finding audience() {
        Set<String> further = provider.settings().audience();
        boolean idTokens = new Prover(surroundings, provider).accepted().contains(TokenKind.ID_TOKEN);
        return further.isEmpty() && idTokens
                ? Finding.note("further_client_ids", "empty").setting(ExchangeSettings.AUDIENCE)
                : Finding.ok("further_client_ids").found(String.join(", ", further));
    }
}
