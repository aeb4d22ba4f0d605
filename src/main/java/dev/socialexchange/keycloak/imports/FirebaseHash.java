package dev.socialexchange.keycloak.imports;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Firebase's own scrypt: the project's key, encrypted with a key made of the password. Numbers and key are the project's, and secrets of the server. */
final class FirebaseHash extends ForeignHash {
    static final String ID = "social-exchange-firebase";

    /** Of a credential: whose it is, where the export says so. */
    static final String PROJECT = "project";

    private static final int KEY_BYTES = 32;
    private static final int DERIVED_BYTES = 64;
    private static final int IV_BYTES = 16;

    private final FirebaseProject project;

    FirebaseHash(HashCapacity capacity, FirebaseProject project) {
        super(capacity);
        this.project = project;
    }

    @Override
    boolean knows(PasswordHash hash) {
        return hash.parameters()
                .getOrDefault(PROJECT, List.of(project.digest()))
                .contains(project.digest());
    }

    @Override
    long bytes(PasswordCredentialModel credential) {
        return ScryptHash.bytes(1L << project.memory(), project.rounds(), 1);
    }

    @Override
    boolean isOf(String password, PasswordCredentialModel credential) {
        byte[] salt = credential.getPasswordSecretData().getSalt();
        byte[] salted = Arrays.copyOf(salt, salt.length + project.saltSeparator().length);
        System.arraycopy(project.saltSeparator(), 0, salted, salt.length, project.saltSeparator().length);
        byte[] derived = SCrypt.generate(
                password.getBytes(StandardCharsets.UTF_8),
                salted,
                1 << project.memory(),
                project.rounds(),
                1,
                DERIVED_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(derived, 0, KEY_BYTES, "AES"),
                    new IvParameterSpec(new byte[IV_BYTES]));
            return MessageDigest.isEqual(
                    cipher.doFinal(project.signerKey()),
                    Base64.getDecoder()
                            .decode(credential.getPasswordSecretData().getValue()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has AES", impossible);
        }
    }
}
