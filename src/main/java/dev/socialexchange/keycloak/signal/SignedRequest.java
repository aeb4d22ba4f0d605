package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * Meta's signed request: {@code base64url(HMAC) + "." + base64url(JSON)}, the HMAC being of the encoded JSON
 * (developers.facebook.com, "Data Deletion Request Callback").
 */
final class SignedRequest {
    private static final String ALGORITHM = "HMAC-SHA256";

    /** Meta signs for the front end, after each login, in the same form and with the same key: what a browser has seen is no word of Meta's to us. */
    private static final List<String> OF_LOGINS = List.of("code", "oauth_token", "page");

    private SignedRequest() {}

    static Document verified(SignalProof.Request rules, byte[] secret, SignalRequest request) {
        JsonNode parameter = FormBody.parse(request.text()).path(rules.signedRequest());
        String[] parts = parameter.asText().split("\\.", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw SignalRefusal.malformed("signed_request_malformed");
        }
        byte[] signed = parts[1].getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(Digests.hmacSha256(secret, signed), decoded(parts[0]))) {
            throw SignalRefusal.forged("signature_invalid");
        }
        ObjectNode payload = StrictJson.read(decoded(parts[1]))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .orElseThrow(() -> SignalRefusal.malformed("signed_request_unreadable"));
        if (!payload.path("algorithm").asText().equals(ALGORITHM)) {
            throw SignalRefusal.forged("algorithm_not_allowed");
        }
        if (OF_LOGINS.stream().anyMatch(payload::has)) {
            throw SignalRefusal.malformed("signed_request_of_a_login");
        }
        return new Document(payload, signed);
    }

    /** Some libraries pad. */
    private static byte[] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException notBase64) {
            throw SignalRefusal.malformed("signed_request_malformed");
        }
    }
}
