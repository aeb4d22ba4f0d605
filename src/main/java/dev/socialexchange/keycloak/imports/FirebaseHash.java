package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.PlainFactory;
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
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Firebase's own scrypt: the project's key, encrypted with a key made of the password. Numbers and key are the project's, and secrets of the server. */
final class FirebaseHash extends ForeignHash {
    static final String ID = "social-exchange-firebase";

    /** Of a credential: whose it is, where the export says so. */
    static final String PROJECT = "project";

    private static final int KEY_BYTES = 32;
    private static final int DERIVED_BYTES = 64;
    private static final int IV_BYTES = 16;

    private final Project project;

    FirebaseHash(Project project) {
        this.project = project;
    }

    /**
     * As the Firebase console shows it.
     *
     * @param memory power of two
     */
    record Project(byte[] signerKey, byte[] saltSeparator, int rounds, int memory) {
        private static final int MAX_ROUNDS = 16;
        private static final int MAX_MEMORY = 17;

        Project {
            if (rounds < 1 || rounds > MAX_ROUNDS || memory < 1 || memory > MAX_MEMORY) {
                throw new IllegalArgumentException("rounds from 1 to 16 and mem-cost from 1 to 17");
            }
        }

        /** A record would print the key. */
        @Override
        public String toString() {
            return "project";
        }
    }

    /** What tells one project from another; the key cannot be found by it. */
    static String digest(byte[] signerKey, byte[] saltSeparator, int rounds, int memory) {
        return Digests.sha256Base64Url(String.join(
                "\n",
                Base64.getEncoder().encodeToString(signerKey),
                Base64.getEncoder().encodeToString(saltSeparator),
                String.valueOf(rounds),
                String.valueOf(memory)));
    }

    @Override
    boolean knows(PasswordHash hash) {
        return hash.parameters().getOrDefault(PROJECT, List.of(ownDigest())).contains(ownDigest());
    }

    private String ownDigest() {
        return digest(project.signerKey(), project.saltSeparator(), project.rounds(), project.memory());
    }

    @Override
    public boolean verify(String password, PasswordCredentialModel credential) {
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

    /** Of {@link FirebaseHash}; without the project's key there is none. */
    public static final class Factory
            implements PasswordHashProviderFactory, PlainFactory<PasswordHashProvider>, WithLibrary {
        private static final String SIGNER_KEY = "signer-key";
        private static final String SALT_SEPARATOR = "salt-separator";
        private static final String ROUNDS = "rounds";
        private static final String MEMORY = "mem-cost";
        private static final int USUAL_ROUNDS = 8;
        private static final int USUAL_MEMORY = 14;

        private Project project;

        /** Keycloak (26.7) asks whether it is supported when it builds itself, where secrets do not belong. */
        @Override
        public void init(Config.Scope config) {
            if (config.get(SIGNER_KEY) == null) {
                return;
            }
            project = new Project(
                    Base64.getDecoder().decode(config.get(SIGNER_KEY)),
                    Base64.getDecoder().decode(config.get(SALT_SEPARATOR, "")),
                    config.getInt(ROUNDS, USUAL_ROUNDS),
                    config.getInt(MEMORY, USUAL_MEMORY));
        }

        @Override
        public PasswordHashProvider create(KeycloakSession session) {
            return project == null ? null : new FirebaseHash(project);
        }

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public List<ProviderConfigProperty> getConfigMetadata() {
            return ProviderConfigurationBuilder.create()
                    .property()
                    .name(SIGNER_KEY)
                    .type("string")
                    .helpText(
                            "The Firebase project's base64_signer_key: with it passwords of imported people are verified.")
                    .secret(true)
                    .add()
                    .property()
                    .name(SALT_SEPARATOR)
                    .type("string")
                    .helpText("The Firebase project's base64_salt_separator.")
                    .add()
                    .property()
                    .name(ROUNDS)
                    .type("int")
                    .helpText("The Firebase project's rounds.")
                    .defaultValue(USUAL_ROUNDS)
                    .add()
                    .property()
                    .name(MEMORY)
                    .type("int")
                    .helpText("The Firebase project's mem_cost.")
                    .defaultValue(USUAL_MEMORY)
                    .add()
                    .build();
        }
    }
}
