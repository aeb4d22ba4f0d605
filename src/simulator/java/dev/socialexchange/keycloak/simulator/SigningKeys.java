package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A provider's signing keys. Generated on first use, since an RSA key takes a moment. */
final class SigningKeys {

    private final List<JWSAlgorithm> algorithms;
    private final Map<JWSAlgorithm, JWK> current = new LinkedHashMap<>();
    private final List<JWK> published = new ArrayList<>();

    /** The first algorithm is the one used unless a header says otherwise. */
    SigningKeys(JWSAlgorithm... algorithms) {
        this.algorithms = List.of(algorithms);
    }

    /** New keys; the old ones stay published or vanish. */
    synchronized void rotate(boolean keepOld) {
        if (!keepOld) {
            published.clear();
        }
        for (JWSAlgorithm algorithm : algorithms) {
            JWK key = generate(algorithm);
            current.put(algorithm, key);
            published.add(0, key);
        }
    }

    synchronized Map<String, Object> publicKeys() {
        ensureKeys();
        return Json.object(
                "keys",
                published.stream().map(key -> key.toPublicJWK().toJSONObject()).toList());
    }

    synchronized String keyId(JWSAlgorithm algorithm) {
        ensureKeys();
        return current.get(algorithm).getKeyID();
    }

    boolean has(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    JWSAlgorithm algorithm() {
        return algorithms.get(0);
    }

    /**
     * Signs with the key for the header's {@code alg}; every other header, {@code kid} included, is only a label. Two
     * forgeries are possible on purpose: {@code none}, and HS256 with the published key as its secret.
     */
    String sign(Map<String, Object> header, Map<String, Object> claims) {
        return sign(String.valueOf(header.get("alg")), Json.write(header), Json.write(claims));
    }

    /** The same for texts that need not be JSON. */
    String sign(String algorithm, String header, String claims) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
        if (algorithm.equals("none")) {
            return input + ".";
        }
        try {
            JWSHeader jwsHeader = new JWSHeader(JWSAlgorithm.parse(algorithm));
            Base64URL signature =
                    signer(jwsHeader.getAlgorithm()).sign(jwsHeader, input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + signature;
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Cannot sign with " + algorithm, e);
        }
    }

    private synchronized JWSSigner signer(JWSAlgorithm algorithm) throws JOSEException {
        ensureKeys();
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            AsymmetricJWK key = (AsymmetricJWK) published.get(0);
            return new MACSigner(key.toPublicKey().getEncoded());
        }
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return new RSASSASigner(current.get(JWSAlgorithm.RS256).toRSAKey());
        }
        return new ECDSASigner(current.get(JWSAlgorithm.ES256).toECKey());
    }

    private void ensureKeys() {
        if (current.isEmpty()) {
            rotate(false);
        }
    }

    private static JWK generate(JWSAlgorithm algorithm) {
        try {
            String keyId = Digests.sha256Hex(Digests.random(40)).substring(0, 40);
            if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
                RSAKey key = new RSAKeyGenerator(2048).generate();
                return new RSAKey.Builder(key)
                        .keyID(keyId)
                        .algorithm(algorithm)
                        .keyUse(KeyUse.SIGNATURE)
                        .build();
            }
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            return new ECKey.Builder(key)
                    .keyID(keyId)
                    .algorithm(algorithm)
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
