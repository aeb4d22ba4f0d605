package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.BodySignature;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.proof.Surroundings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/** A body with a signature beside it. What is in a body counts when the signature has turned out to be of its very bytes. */
final class SignedBody {
    private final Surroundings surroundings;
    private final SignalSecrets secrets;
    private final BodySignature rules;
    private final SignalRequest request;

    SignedBody(Surroundings surroundings, SignalSecrets secrets, BodySignature rules, SignalRequest request) {
        this.surroundings = surroundings;
        this.secrets = secrets;
        this.rules = rules;
        this.request = request;
    }

    /** @return header fields and body, and what is signed of them */
    Document verified() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode headers = document.putObject("header");
        request.headers().forEach(headers::put);
        if (rules.body() == BodySignature.Body.FORM) {
            document.set("body", FormBody.parse(request.text())); // which the signature may stand in
        }
        String found = rules.place().text(document).orElseThrow(() -> SignalRefusal.forged("signature_missing"));
        Map<String, String> written = new SignatureFormat(rules.format()).read(found);
        ObjectNode words = document.putObject("written");
        written.forEach(words::put);
        byte[] text = text(document, written);
        byte[] key = requireSigned(text, signature(written.get(BodySignature.SIGNATURE)));
        if (rules.body() == BodySignature.Body.JSON) {
            document.set("body", json());
        }
        rules.encrypted().all().forEach(at -> EncryptedText.open(document, at, key));
        return new Document(document, text);
    }

    private JsonNode json() {
        return StrictJson.read(request.body())
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SignalRefusal.malformed("body_unreadable"));
    }

    private byte[] text(JsonNode document, Map<String, String> written) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Matcher word = BodySignature.WORD.matcher(rules.text());
        int from = 0;
        while (word.find()) {
            text.writeBytes(bytes(rules.text().substring(from, word.start())));
            text.writeBytes(value(word.group(1), document, written));
            from = word.end();
        }
        text.writeBytes(bytes(rules.text().substring(from)));
        return text.toByteArray();
    }

    private byte[] value(String word, JsonNode document, Map<String, String> written) {
        if (word.equals(BodySignature.WHOLE)) {
            return request.body();
        }
        return bytes(Optional.ofNullable(written.get(word))
                .or(() -> Pointers.of(word).text(document))
                .orElseThrow(() -> SignalRefusal.forged("signed_text_incomplete")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] signature(String spelled) {
        try {
            return switch (rules.encoding()) {
                case HEX -> HexFormat.of().parseHex(lowerCase(spelled));
                case BASE64 -> Base64.getDecoder().decode(spelled);
                case BASE64URL -> Base64.getUrlDecoder().decode(spelled);
            };
        } catch (IllegalArgumentException otherwise) {
            throw SignalRefusal.forged("signature_malformed");
        }
    }

    private static String lowerCase(String hex) {
        if (!hex.matches("[0-9a-f]+")) {
            throw SignalRefusal.forged("signature_malformed");
        }
        return hex;
    }

    /** @return the key by which it is; empty of a public one */
    private byte[] requireSigned(byte[] text, byte[] signature) {
        Optional<byte[]> key = rules.by() == BodySignature.Algorithm.ED25519
                ? secrets.keys().stream()
                        .filter(one -> new Ed25519Key(one).hasSigned(surroundings, text, signature))
                        .findFirst()
                        .map(found -> new byte[0])
                : secrets.of(rules).stream()
                        .filter(one -> MessageDigest.isEqual(Digests.hmacSha256(one, text), signature))
                        .findFirst();
        return key.orElseThrow(() -> SignalRefusal.forged("signature_invalid"));
    }
}
