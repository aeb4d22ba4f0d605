package dev.socialexchange.keycloak.it.continuation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What people type into the realm's pages. */
final class Pages {
    static final String PASSWORD = "correct horse";

    private static final int PERIOD_SECONDS = 30;

    private Pages() {}

    static void withPassword(ObjectNode user) {
        user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
    }

    static void inEnglishAndGerman(ObjectNode realm) {
        realm.put("internationalizationEnabled", true).put("defaultLocale", "en");
        realm.putArray("supportedLocales").add("en").add("de");
    }

    /** RFC 6238 with SHA-1 and six digits, as authenticator apps do it. */
    static String oneTimeCode(String secret) {
        long step = System.currentTimeMillis() / 1000 / PERIOD_SECONDS;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
