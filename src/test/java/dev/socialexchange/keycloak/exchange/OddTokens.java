package dev.socialexchange.keycloak.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Subject tokens that no provider ever issued, each meant to trip something that reads them. */
final class OddTokens {
    private static final String PLAUSIBLE_HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"1\"}";
    private static final String PLAUSIBLE_CLAIMS =
            "{\"iss\":\"https://acme.example\",\"sub\":\"1\",\"aud\":\"acme-client\",\"iat\":1,\"exp\":9999999999}";

    private OddTokens() {}

    static List<String> all() {
        List<String> tokens = new ArrayList<>(texts());
        headers().forEach(header -> tokens.add(jws(bytes(header), bytes(PLAUSIBLE_CLAIMS))));
        claims().forEach(claims -> tokens.add(jws(bytes(PLAUSIBLE_HEADER), bytes(claims))));
        payloads().forEach(payload -> tokens.add(jws(bytes(PLAUSIBLE_HEADER), payload)));
        payloads().forEach(header -> tokens.add(jws(header, bytes(PLAUSIBLE_CLAIMS))));
        return tokens;
    }

    private static List<String> texts() {
        String good = jws(bytes(PLAUSIBLE_HEADER), bytes(PLAUSIBLE_CLAIMS));
        return List.of(
                ".",
                "..",
                "...",
                "....",
                "a",
                "a.b",
                "a.b.c",
                "a.b.c.d",
                "a.b.c.d.e",
                "null",
                "undefined",
                "{}",
                "[]",
                "e30.e30.",
                "e30.e30.e30",
                "bnVsbA.bnVsbA.bnVsbA",
                "====",
                "=.=.=",
                "%00",
                "%s%n%x",
                "../../etc/passwd",
                "'OR'1'='1",
                "${jndi:ldap://127.0.0.1/x}",
                "#{7*7}",
                "<script>alert(1)</script>",
                "Bearer",
                "-1",
                "9".repeat(400),
                "A".repeat(20000),
                ".".repeat(20000),
                good + ".",
                "." + good,
                good.replace('.', '_'),
                good.substring(0, good.lastIndexOf('.')),
                good.substring(0, good.lastIndexOf('.') + 1),
                good + "=",
                good.replace("eyJ", "ey+"),
                good.toLowerCase(Locale.ROOT),
                good + good);
    }

    private static List<String> headers() {
        return List.of(
                "{}",
                "[]",
                "null",
                "5",
                "\"x\"",
                "{\"alg\":null}",
                "{\"alg\":5}",
                "{\"alg\":[\"ES256\"]}",
                "{\"alg\":{\"a\":1}}",
                "{\"alg\":\"\"}",
                "{\"alg\":\"none\"}",
                "{\"alg\":\"NoNe\",\"kid\":\"1\"}",
                "{\"alg\":\"HS256\",\"kid\":\"1\"}",
                "{\"alg\":\"ES256K\"}",
                "{\"alg\":\"EdDSA\"}",
                "{\"alg\":\"RS1\"}",
                "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}",
                "{\"alg\":\"ES256\",\"alg\":\"none\"}",
                "{\"alg\":\"ES256\",\"kid\":null}",
                "{\"alg\":\"ES256\",\"kid\":7}",
                "{\"alg\":\"ES256\",\"kid\":[1]}",
                "{\"alg\":\"ES256\",\"kid\":{}}",
                "{\"alg\":\"ES256\",\"kid\":\"../../etc/passwd\"}",
                "{\"alg\":\"ES256\",\"kid\":\"" + "k".repeat(9000) + "\"}",
                "{\"alg\":\"ES256\",\"kid\":\"\\u0000\"}",
                "{\"alg\":\"ES256\",\"kid\":\"\\ud800\"}",
                "{\"alg\":\"ES256\",\"jku\":\"http://127.0.0.1:1/keys\"}",
                "{\"alg\":\"ES256\",\"x5u\":\"http://127.0.0.1:1/c\"}",
                "{\"alg\":\"ES256\",\"x5c\":[\"AAAA\"]}",
                "{\"alg\":\"ES256\",\"x5c\":5}",
                "{\"alg\":\"ES256\",\"jwk\":5}",
                "{\"alg\":\"ES256\",\"jwk\":{}}",
                "{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}}",
                "{\"alg\":\"ES256\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"ES256\",\"b64\":false,\"crit\":[\"b64\"]}",
                "{\"alg\":\"ES256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"ES256\",\"typ\":[\"JWT\"]}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ES256\",\"typ\":null}",
                "{\"alg\":\"ES256\"",
                "{\"alg\":\"ES256\"}{}",
                "{\"a\":".repeat(1500) + "1" + "}".repeat(1500),
                "[".repeat(6000));
    }

    private static List<String> claims() {
        List<String> claims = new ArrayList<>(List.of(
                "",
                "{",
                "{}",
                "[]",
                "null",
                "true",
                "5",
                "\"x\"",
                "{\"iss\"}",
                "{}{}",
                "{\"iss\":NaN}",
                "{'iss':'x'}",
                "{\"a\":".repeat(2000) + "1" + "}".repeat(2000),
                "[".repeat(7000),
                "[".repeat(60) + "]".repeat(60),
                "{\"x\":\"" + "x".repeat(13000) + "\"}",
                "{" + "\"x\":1,".repeat(1800) + "\"y\":1}",
                "{\"x\":" + "9".repeat(3000) + "}",
                "{\"x\":1e999999999}",
                "{\"\\u0000\":\"\\ud800\"}"));
        for (String claim : List.of("iss", "sub", "aud", "azp", "iat", "exp", "nbf", "nonce", "typ", "email")) {
            for (String value : List.of("null", "[]", "{}", "[null]", "1e400", "-1", "\"\\u0000\"", "[[\"x\"]]")) {
                claims.add(with(claim, value));
            }
        }
        return claims;
    }

    private static List<byte[]> payloads() {
        Random random = new Random(20261123); // the same bytes in every run
        List<byte[]> payloads = new ArrayList<>();
        for (int size : new int[] {0, 1, 2, 3, 4, 7, 16, 64, 300, 4000}) {
            byte[] noise = new byte[size];
            random.nextBytes(noise);
            payloads.add(noise);
        }
        for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE")) {
            payloads.add(PLAUSIBLE_CLAIMS.getBytes(Charset.forName(charset)));
        }
        payloads.add(new byte[] {0, 0, 0, '{', -1, -1, -1, -1}); // looks like UTF-32 and is none
        payloads.add(new byte[] {'{', 0, 0, 0, -1, -1, -1, -1});
        payloads.add(new byte[] {0, 0, -2, -1, 0, 0, 0, '{', 0, 0x7f, 0, 0});
        payloads.add(new byte[] {-17, -69, -65, '{', '}'});
        payloads.add(new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'});
        payloads.add(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
        payloads.add(new byte[300]);
        return payloads;
    }

    /** Plausible claims but for one. */
    private static String with(String claim, String value) {
        return PLAUSIBLE_CLAIMS
                .replaceAll("\"" + claim + "\":[^,}]*,?", "")
                .replace("{", "{\"" + claim + "\":" + value.replace("{", "\u0001") + ",")
                .replace("\u0001", "{")
                .replace(",}", "}");
    }

    private static String jws(byte[] header, byte[] payload) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header)
                + '.'
                + base64.encodeToString(payload)
                + '.'
                + base64.encodeToString(new byte[64]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
