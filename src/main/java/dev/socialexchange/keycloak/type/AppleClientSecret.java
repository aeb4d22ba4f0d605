package dev.socialexchange.keycloak.type;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.jose.jws.JWSBuilder;

/**
 * Apple's client secret: a JWT that we sign anew for each request to the token endpoint, with the key that Apple hands out
 * once as a file {@code AuthKey_….p8}.
 */
final class AppleClientSecret {
    private static final String AUDIENCE = "https://appleid.apple.com";
    /** Apple allows six months; a request needs a moment. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int P256_BITS = 256;
    /** The lines around the key, and its line breaks, of which a console's input field keeps none, or two characters. */
    private static final Pattern NOT_OF_THE_KEY = Pattern.compile("-----(BEGIN|END) PRIVATE KEY-----|\\\\n|\\s");

    private final ECPrivateKey key;
    private final String teamId;
    private final String keyId;

    /**
     * @param p8 the file's content, with or without line breaks and the lines around the key
     * @throws IllegalArgumentException if it is no such key; the message does not show it
     */
    AppleClientSecret(String p8, String teamId, String keyId) {
        this.key = key(p8);
        this.teamId = teamId;
        this.keyId = keyId;
    }

    private static ECPrivateKey key(String p8) {
        String base64 = NOT_OF_THE_KEY.matcher(p8 == null ? "" : p8).replaceAll("");
        try {
            PKCS8EncodedKeySpec der =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            if (KeyFactory.getInstance("EC").generatePrivate(der) instanceof ECPrivateKey key
                    && key.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw noKey(); // without the cause, which may quote it
        }
        throw noKey();
    }

    /** The content of a .p8 file that Apple has not made. */
    static String newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(P256_BITS);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK makes keys on P-256", impossible);
        }
    }

    private static IllegalArgumentException noKey() {
        return new IllegalArgumentException("the client secret is not the private key of Apple's .p8 file");
    }

    /** @param clientId the app that asks: the Services ID, or a bundle id */
    String sign(String clientId, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", teamId);
        claims.put("sub", clientId);
        claims.put("aud", AUDIENCE);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        return new JWSBuilder().type("JWT").jsonContent(claims).sign(new Signer());
    }

    private final class Signer implements SignatureSignerContext {

        @Override
        public String getKid() {
            return keyId;
        }

        @Override
        public String getAlgorithm() {
            return Algorithm.ES256;
        }

        @Override
        public String getHashAlgorithm() {
            return "SHA-256";
        }

        /** RFC 7518 §3.4: the two numbers, one after the other. */
        @Override
        public byte[] sign(byte[] data) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
                signature.initSign(key);
                signature.update(data);
                return signature.sign();
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("every JDK signs with a key on P-256", impossible);
            }
        }
    }
}
