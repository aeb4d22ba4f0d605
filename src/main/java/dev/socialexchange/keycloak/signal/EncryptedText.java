package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A text under AES-128-CBC, of which the first block is the initial vector. It is read only after a signature has covered it, so that whoever has
 * no key learns nothing from how it is refused.
 */
final class EncryptedText {
    private static final int BLOCK = 16;

    private EncryptedText() {}

    /** Puts what it says in its place. */
    static void open(ObjectNode document, JsonPointer at, byte[] key) {
        String text = document.at(at).asText();
        if (!(document.at(at.head()) instanceof ObjectNode around)) {
            throw SignalRefusal.malformed("encrypted_text_missing");
        }
        around.put(at.last().getMatchingProperty(), decrypted(text, key));
    }

    private static String decrypted(String text, byte[] key) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length < 2 * BLOCK) {
                throw SignalRefusal.malformed("encrypted_text_unreadable");
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new IvParameterSpec(Arrays.copyOf(bytes, BLOCK)));
            return new String(cipher.doFinal(bytes, BLOCK, bytes.length - BLOCK), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw SignalRefusal.malformed("encrypted_text_unreadable");
        }
    }
}
