package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/** Plays Google's RISC API as its guide describes it (2026-05): whoever asks has to have signed for it with the service account's key. */
final class GoogleServer extends PlayedServer {
    static final String EMAIL = "risc@project.iam.gserviceaccount.com";
    private static final String KEY_ID = "4711ab";
    private static final String AUDIENCE =
            "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService";

    private static final KeyPair KEYS = keys();
    private final Set<String> unknown = new HashSet<>();
    private final ObjectNode stream = Json.object();
    private String status = "disabled";
    private int refusal;

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As the Google Cloud console lets it be downloaded. */
    Path keyFile(Path folder) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        ObjectNode file = Json.object()
                .put("type", "service_account")
                .put("project_id", "project")
                .put("private_key_id", KEY_ID)
                .put("private_key", pem)
                .put("client_email", EMAIL);
        try {
            return Files.writeString(folder.resolve("key.json"), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the PEM's middle: what must not be printed anywhere. */
    String secretOfKeyFile() {
        return Base64.getEncoder()
                .encodeToString(KEYS.getPrivate().getEncoded())
                .substring(64, 120);
    }

    /** Is dropped without a word. */
    GoogleServer doesNotKnow(String event) {
        unknown.add(event);
        return this;
    }

    GoogleServer refuses(int with) {
        refusal = with;
        return this;
    }

    String status() {
        return status;
    }

    @Override
    Said said(Asked asked) {
        if (!isSigned(asked.authorization())) {
            return new Said(
                    401, "{\"error\":{\"code\":401,\"message\":\"Request had invalid authentication credentials.\"}}");
        }
        if (refusal > 0) {
            return new Said(refusal, "{\"error\":{\"code\":403,\"message\":\"The caller does not have permission\"}}");
        }
        switch (asked.request()) {
            case "POST /v1beta/stream:update" -> {
                stream.set("delivery", asked.json().path("delivery"));
                stream.set(
                        "events_requested",
                        Json.array(Json.texts(asked.json().path("events_requested")).stream()
                                .filter(event -> !unknown.contains(event))
                                .toList()));
                return new Said(200, "{}");
            }
            case "POST /v1beta/stream/status:update" -> {
                status = asked.json().path("status").asText();
                return new Said(200, "{}");
            }
            case "GET /v1beta/stream" -> {
                return stream.isEmpty() ? new Said(404, "{}") : new Said(200, stream.toString());
            }
            case "GET /v1beta/stream/status" -> {
                return new Said(200, Json.object().put("status", status).toString());
            }
            case "POST /v1beta/stream:verify" -> {
                return new Said(200, "{}");
            }
            default -> {
                return new Said(404, "{}");
            }
        }
    }

    JsonNode stream() {
        return stream;
    }

    private boolean isSigned(String authorization) {
        try {
            SignedJWT token = SignedJWT.parse(authorization.replaceFirst("^Bearer ", ""));
            JWTClaimsSet claims = token.getJWTClaimsSet();
            return token.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic()))
                    && "RS256".equals(token.getHeader().getAlgorithm().getName())
                    && KEY_ID.equals(token.getHeader().getKeyID())
                    && EMAIL.equals(claims.getIssuer())
                    && EMAIL.equals(claims.getSubject())
                    && claims.getAudience().contains(AUDIENCE)
                    && claims.getExpirationTime().getTime()
                                    - claims.getIssueTime().getTime()
                            == 3_600_000;
        } catch (ParseException | JOSEException none) {
            return false;
        }
    }
}
