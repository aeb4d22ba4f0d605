package dev.socialexchange.keycloak.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs id tokens with a client's secret, and verifies them for those who ask: LINE's way. */
final class VerifyEndpoint implements Endpoint {

    private final Provider provider;

    VerifyEndpoint(Provider provider) {
        this.provider = provider;
    }

    static String sign(String secret, Map<String, Object> header, Map<String, Object> claims) {
        String input = encode(Json.write(header)) + '.' + encode(Json.write(claims));
        return input + '.' + signature(secret, input);
    }

    @Override
    public Response answer(Request request) {
        String token = request.form().getOrDefault("id_token", "");
        String client = request.form().getOrDefault("client_id", "");
        String[] parts = token.split("\\.");
        if (parts.length != 3 || provider.secret(client) == null) {
            return refused("Invalid IdToken.");
        }
        Map<String, Object> header = Json.read(decode(parts[0]));
        Map<String, Object> claims = Json.read(decode(parts[1]));
        if (!client.equals(claims.get("aud"))) {
            return refused("Invalid IdToken Audience.");
        }
        if (!"HS256".equals(header.get("alg"))
                || !signature(provider.secret(client), parts[0] + '.' + parts[1])
                        .equals(parts[2])) {
            return refused("Invalid IdToken.");
        }
        return ((Number) claims.get("exp")).longValue() <= Instant.now().getEpochSecond()
                ? refused("IdToken expired.")
                : Response.json(200, claims);
    }

    private static Response refused(String description) {
        return Response.json(400, Json.object("error", "invalid_request", "error_description", description));
    }

    private static String signature(String secret, String input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
