package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.proof.Statement;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A security event token (RFC 8417), and what its forerunners make of it. An id_token is none, since it has no event. */
final class SecurityEventToken {
    private static final String EVENTS = "events";
    private static final String APPLICATION = "application/";
    private static final int LEEWAY_SECONDS = 300;

    /** What refusals of a signature are to the transmitter; all that is not here is a token that cannot be read. */
    private static final Map<String, SignalError> KEYS = Map.of(
            "key_unknown", SignalError.INVALID_KEY,
            "algorithm_not_allowed", SignalError.INVALID_KEY,
            "signature_invalid", SignalError.AUTHENTICATION_FAILED);

    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final SignalProof.SecurityEvents rules;
    private final Set<String> issuers;

    SecurityEventToken(Surroundings surroundings, ExchangeIdentityProvider provider, SignalProof.SecurityEvents rules) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.rules = rules;
        this.issuers = rules.issuers().isEmpty()
                ? provider.descriptor().idToken().map(IdTokenRules::issuers).orElse(Set.of())
                : rules.issuers();
    }

    Document verified(SignalRequest request) {
        Statement statement = statement(token(request));
        requireType(statement.type());
        requireOurs(statement.audience());
        Instant told = told(statement.claims());
        requireClaims(statement.claims());
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("token", statement.claims());
        new TokenEvent(statement.claims().path(EVENTS), rules.eventIsText()).addTo(content);
        return new Document(
                content, statement.signed().getBytes(StandardCharsets.UTF_8), rewritten(), Optional.of(told));
    }

    private String token(SignalRequest request) {
        if (rules.member().isEmpty()) {
            return request.text().strip(); // some end it with a line break
        }
        return StrictJson.read(request.body())
                .flatMap(rules.member()::text)
                .orElseThrow(() -> SignalRefusal.malformed("body_unreadable"));
    }

    private Statement statement(String token) {
        Optional<IdTokenRules.Signature> ofIdTokens =
                provider.descriptor().idToken().map(IdTokenRules::signature);
        Optional<String> url = rules.jwksUrl().or(() -> ofIdTokens.flatMap(IdTokenRules.Signature::jwksUrl));
        if (issuers.isEmpty() || url.isEmpty() && ofIdTokens.isEmpty()) {
            throw ExchangeException.unavailable("signal_issuer_not_configured");
        }
        try {
            return Statement.verified(
                    surroundings, provider, issuers, IdTokenRules.Signature.by(url, rules.algorithms()), token);
        } catch (ExchangeException refused) {
            throw refused.error().isTemporary() ? refused : refusal(refused);
        }
    }

    private static SignalRefusal refusal(ExchangeException refused) {
        return refused.error() == ExchangeError.ISSUER_MISMATCH
                ? new SignalRefusal(SignalError.INVALID_ISSUER, "issuer_mismatch")
                : new SignalRefusal(
                        KEYS.getOrDefault(String.valueOf(refused.detail()), SignalError.INVALID_REQUEST),
                        refused.detail());
    }

    /** RFC 8725 §3.11; media types are compared without case, and without the part that may be left out (RFC 7515 §4.1.9). */
    private void requireType(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        String plain = lower.startsWith(APPLICATION) ? lower.substring(APPLICATION.length()) : lower;
        if (rules.types().stream()
                .noneMatch(taken -> taken.toLowerCase(Locale.ROOT).equals(plain))) {
            throw SignalRefusal.malformed("type_not_allowed");
        }
    }

    private void requireOurs(List<String> audience) {
        AppRegistration app = AppRegistration.of(surroundings.secrets(), provider.getConfig(), provider.settings());
        Set<String> further = new HashSet<>(provider.settings().signals().audience());
        rules.audienceSetting()
                .map(provider.getConfig().getConfig()::get)
                .filter(id -> !id.isBlank())
                .ifPresent(further::add);
        if (audience.stream().noneMatch(id -> app.owns(id) || further.contains(id))) {
            throw new SignalRefusal(SignalError.INVALID_AUDIENCE, "audience_of_another");
        }
    }

    private Instant told(JsonNode claims) {
        if (!claims.has("iat")) {
            throw SignalRefusal.malformed("iat_missing");
        }
        Instant told = SignalTime.of(claims.path("iat"));
        long now = surroundings.now();
        if (told.getEpochSecond() > now + LEEWAY_SECONDS) {
            throw SignalRefusal.malformed("iat_in_future");
        }
        if (rules.expires()
                && (!claims.has("exp") || SignalTime.of(claims.path("exp")).getEpochSecond() + LEEWAY_SECONDS <= now)) {
            throw SignalRefusal.malformed("expired");
        }
        return told;
    }

    private void requireClaims(JsonNode claims) {
        if (rules.without().stream().anyMatch(claims::has)) {
            throw SignalRefusal.malformed("claim_forbidden");
        }
        if (claims.path("jti").asText().isBlank()) {
            throw SignalRefusal.malformed("jti_missing");
        }
    }

    private Set<String> rewritten() {
        Set<String> all = new HashSet<>();
        issuers.forEach(issuer -> all.add(provider.endpoints().issuer(issuer)));
        return all;
    }
}
