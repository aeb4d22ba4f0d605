package dev.socialexchange.keycloak.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What webhooks are signed and encrypted with that is not an HMAC with the secret itself. */
final class SignalKeys {
    private static final int BLOCK = 16;

    private SignalKeys() {}

    /** By the key whose seed is the secret's SHA-256: whoever knows the secret knows the public key, too. */
    static String ed25519Hex(String secret, String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(
                            NamedParameterSpec.ED25519, Digests.sha256(secret.getBytes(StandardCharsets.UTF_8)))));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** AES-128-CBC, with the initial vector before it. */
    static String naverSealed(String secret, String text) {
        byte[] vector = new byte[BLOCK];
        new SecureRandom().nextBytes(vector);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(naverKey(secret), "AES"), new IvParameterSpec(vector));
            byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(vector, BLOCK + sealed.length);
            System.arraycopy(sealed, 0, all, BLOCK, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String naverSignature(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(naverKey(secret), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] naverKey(String secret) throws GeneralSecurityException {
        return MessageDigest.getInstance("MD5").digest(secret.getBytes(StandardCharsets.UTF_8));
    }
}
