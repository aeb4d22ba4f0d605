package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of the two teams of an app transfer at Apple, which alone learns what its own key asks for. */
final class AppleTeam {
    static final String APPLE = "https://appleid.apple.com";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SECRET_LIFE = Duration.ofMinutes(10);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int ATTEMPTS = 5;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final Team team;
    private final long pauseMillis;
    private String token;

    /**
     * @param clientId of the app that is transferred: its bundle id, or its Services ID
     * @param p8 the key's file, as Apple hands it out
     */
    record Team(String clientId, String teamId, String keyId, String p8) {
        /** A record would print the key. */
        @Override
        public String toString() {
            return teamId;
        }
    }

    /**
     * @param url without a slash at its end
     * @param pauseMillis before something is asked again
     */
    AppleTeam(String url, Team team, long pauseMillis) {
        this.url = url;
        this.team = team;
        this.pauseMillis = pauseMillis;
    }

    /**
     * Of the old team.
     *
     * @return empty if Apple knows nobody of this id who still uses the app
     */
    Optional<String> transferId(String id, String recipientTeamId) throws IOException, InterruptedException {
        return asked(Map.of("sub", id, "target", recipientTeamId), "transfer_sub");
    }

    /** Of the new team; empty likewise. */
    Optional<String> newId(String transferId) throws IOException, InterruptedException {
        return asked(Map.of("transfer_sub", transferId), "sub");
    }

    private Optional<String> asked(Map<String, String> question, String member)
            throws IOException, InterruptedException {
        int status = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (token == null) {
                token = newToken();
            }
            HttpResponse<String> answer = http.send(
                    request("/auth/usermigrationinfo", question, token), HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            if (status == OK) {
                return Json.lenient(answer.body())
                        .map(json -> json.path(member).textValue())
                        .filter(id -> !id.isBlank());
            }
            if (status == BAD_REQUEST && "invalid_request".equals(error(answer))) {
                return Optional.empty();
            }
            if (status == UNAUTHORIZED) {
                token = null; // it lives for an hour
            } else if (status == BAD_REQUEST) {
                break;
            }
            Thread.sleep(pauseMillis * attempt);
        }
        throw new IOException("Apple answers " + status);
    }

    private String newToken() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request("/auth/token", Map.of("grant_type", "client_credentials", "scope", "user.migration"), null),
                HttpResponse.BodyHandlers.ofString());
        String issued = answer.statusCode() == OK
                ? Json.lenient(answer.body())
                        .map(json -> json.path("access_token").textValue())
                        .orElse(null)
                : null;
        if (issued == null) {
            throw new IOException("Apple does not accept the team's key: " + answer.statusCode() + ' ' + error(answer));
        }
        return issued;
    }

    /** A word of RFC 6749, and nothing else of an answer. */
    private static String error(HttpResponse<String> answer) {
        String error = Json.lenient(answer.body())
                .map(json -> json.path("error").asText())
                .orElse("");
        return error.matches("[a-z_]{1,40}") ? error : "";
    }

    private HttpRequest request(String path, Map<String, String> fields, String bearer) throws IOException {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("client_id", team.clientId());
        form.put("client_secret", secret());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> field.getKey() + '=' + RealmClient.encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
        return (bearer == null ? request : request.header("Authorization", "Bearer " + bearer)).build();
    }

    /** A JWT that the key signs, as in the browser login. */
    private String secret() throws IOException {
        long now = Instant.now().getEpochSecond();
        ObjectNode header = Json.MAPPER.createObjectNode().put("alg", "ES256").put("kid", team.keyId());
        ObjectNode claims = Json.MAPPER
                .createObjectNode()
                .put("iss", team.teamId())
                .put("iat", now)
                .put("exp", now + SECRET_LIFE.toSeconds())
                .put("aud", APPLE)
                .put("sub", team.clientId());
        String signed = base64(header) + '.' + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new IOException("the key file is not one of Apple's .p8 files");
        }
    }

    private PrivateKey key() throws GeneralSecurityException {
        String base64 = team.p8().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private static String base64(JsonNode json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
