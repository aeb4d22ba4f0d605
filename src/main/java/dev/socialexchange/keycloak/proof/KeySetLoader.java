package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/** Loads a JSON Web Key Set within the proof's deadline and limits. */
final class KeySetLoader implements PublicKeyLoader {
    /** A key that the provider has withdrawn is not trusted for longer, even if nobody ever names an unknown one. */
    private static final Duration LIFESPAN = Duration.ofHours(12);

    private final ProofContext context;
    private final String url;

    KeySetLoader(ProofContext context, String url) {
        this.context = context;
        this.url = url;
    }

    /** Keycloak 26.6 knows a key's use only by the type that 26.7 deprecates. */
    @Override
    @SuppressWarnings("deprecation")
    public PublicKeysWrapper loadKeys() {
        Call call = new Call("GET", URI.create(url), Map.of("Accept", "application/json"), null, true);
        Outcome outcome = context.calls().sendForEverybody(call, context.deadline());
        if (outcome instanceof Outcome.Failure failure && failure.cause() == Outcome.Cause.BUSY_HERE) {
            throw failure.cause().refusal();
        }
        if (!(outcome instanceof Outcome.Answer answer) || answer.status() != 200) {
            throw ExchangeException.unavailable("keys_unavailable");
        }
        JSONWebKeySet keySet = answer.json().map(KeySetLoader::keySet).orElseThrow(KeySetLoader::unreadable);
        PublicKeysWrapper keys = JWKSUtils.getKeyWrappersForUse(keySet, JWK.Use.SIG, true);
        keys.getKeys().forEach(key -> key.setProviderId(issuer(keySet, key.getKid())));
        return new PublicKeysWrapper(
                keys.getKeys(), Instant.now().plus(LIFESPAN).toEpochMilli());
    }

    /** Microsoft says which issuer a key belongs to; kept in the one place that Keycloak's key has for its origin. */
    private static String issuer(JSONWebKeySet keySet, String kid) {
        return Stream.of(keySet.getKeys())
                .filter(key -> Objects.equals(key.getKeyId(), kid))
                .map(key -> key.getOtherClaims().get("issuer"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** @throws ExchangeException if it is none; Keycloak (26.7) would stumble over a key that is no object */
    static JSONWebKeySet keySet(JsonNode json) {
        if (!StreamSupport.stream(json.path("keys").spliterator(), false).allMatch(JsonNode::isObject)) {
            throw unreadable();
        }
        try {
            JSONWebKeySet keySet = JsonSerialization.mapper.treeToValue(json, JSONWebKeySet.class);
            if (keySet == null || keySet.getKeys() == null) {
                throw unreadable();
            }
            return keySet;
        } catch (JsonProcessingException notAKeySet) {
            throw unreadable();
        }
    }

    private static ExchangeException unreadable() {
        return ExchangeException.unavailable("keys_unreadable");
    }
}
