package dev.socialexchange.keycloak.it.continuation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Tab;
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

    /** By the page's menu, as a person does it; English is there already. */
    static void chooseLanguage(Tab browser, String language) {
        browser.has("#login-select-toggle");
        if (!language.equals("en")) {
            browser.evaluate(("const menu = document.querySelector('#login-select-toggle');"
                            + "location.href = [...menu.options].find(option => /kc_locale=%s/.test(option.value)).value; ''")
                    .formatted(language));
            browser.has("html[lang=" + language + "]");
        }
    }

    /** What a web page does to open a link of this kind. */
    static void postsForm(Tab browser, String link) {
        browser.evaluate(("const form = document.createElement('form'); form.method = 'post'; form.action = %s;"
                        + "document.body.append(form); form.submit(); ''")
                .formatted(Json.tree(link)));
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
