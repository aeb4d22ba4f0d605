package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;

/** Signs whatever it is told to, as RS256. */
public final class Issuer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final RSAKey key;

    public Issuer(String name, String keyId) {
        this.name = name;
        try {
            this.key = new RSAKeyGenerator(2048).keyID(keyId).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param changes of the claims {@code iss}, {@code sub}, {@code aud}, {@code iat} and {@code exp} */
    public String sign(String subject, String audience, Consumer<Map<String, Object>> changes) {
        return sign(subject, audience, changes, header -> {});
    }

    public String sign(
            String subject,
            String audience,
            Consumer<Map<String, Object>> changes,
            Consumer<Map<String, Object>> changesOfHeader) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims =
                new LinkedHashMap<>(Map.of("iss", name, "sub", subject, "aud", audience, "iat", now, "exp", now + 300));
        changes.accept(claims);
        return sign(claims, changesOfHeader);
    }

    public String sign(Map<String, Object> claims, Consumer<Map<String, Object>> changesOfHeader) {
        Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "RS256", "typ", "JWT", "kid", key.getKeyID()));
        changesOfHeader.accept(header);
        String input = encode(header) + '.' + encode(claims);
        try {
            return input
                    + '.'
                    + new RSASSASigner(key)
                            .sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encode(Map<String, Object> part) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As the issuer publishes it. */
    public String keySet() {
        return "{\"keys\":["
                + new RSAKey.Builder(key)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .build()
                        .toPublicJWK()
                        .toJSONString()
                + "]}";
    }

    /** As Keycloak's key storage answers it. */
    public KeyWrapper publicKey() {
        KeyWrapper wrapper = new KeyWrapper();
        wrapper.setKid(key.getKeyID());
        wrapper.setType(KeyType.RSA);
        wrapper.setUse(org.keycloak.crypto.KeyUse.SIG);
        wrapper.setAlgorithm("RS256");
        try {
            wrapper.setPublicKey(key.toPublicKey());
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return wrapper;
    }
}
