package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A service account of a Google Cloud project, as the console lets one download it: {@code client_email}, {@code private_key_id} and
 * {@code private_key}, PKCS #8 in PEM. It signs its own token for one API, without asking anybody for it.
 */
record ServiceAccount(String email, String keyId, PrivateKey key) {
    private static final String AUDIENCE =
            "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService";
    private static final int LIFETIME_SECONDS = 3600;

    /** @throws StreamFailure if the file is none of a service account; its content is not repeated */
    static ServiceAccount read(Path file) {
        JsonNode json = text(file)
                .flatMap(Json::read)
                .orElseThrow(() -> StreamFailure.usage(
                        "--google has to name the service account's file, as JSON, and it has to be readable"));
        if (!"service_account".equals(json.path("type").asText())) {
            throw StreamFailure.usage(
                    "The file of --google is not a service account's key. Create one in the Google Cloud"
                            + " console: IAM and administration, Service accounts, Keys, Add key, JSON");
        }
        return new ServiceAccount(member(json, "client_email"), member(json, "private_key_id"), key(json));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String member(JsonNode json, String name) {
        return Optional.of(json.path(name).asText())
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> StreamFailure.usage("The service account's file has no " + name));
    }

    private static PrivateKey key(JsonNode json) {
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(member(json, "private_key").replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw StreamFailure.usage("The private_key of the service account's file cannot be read: download it anew");
        }
    }

    /** A JWT (RFC 7519) for Google's RISC API alone, good for an hour. */
    String token(Instant now) {
        String header = Json.object()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", keyId)
                .toString();
        String claims = Json.object()
                .put("iss", email)
                .put("sub", email)
                .put("aud", AUDIENCE)
                .put("iat", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + LIFETIME_SECONDS)
                .toString();
        String signed = encoded(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + encoded(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw StreamFailure.usage("The private_key of the service account's file cannot sign: download it anew");
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A record would print the key. */
    @Override
    public String toString() {
        return email;
    }
}
