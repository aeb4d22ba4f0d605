package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.PlainFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import org.bouncycastle.crypto.generators.SCrypt;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/** scrypt (RFC 7914) by the numbers in the credential. */
final class ScryptHash extends ForeignHash {
    static final String ID = "social-exchange-scrypt";

    static final String COST = "n";
    static final String BLOCK = "r";
    static final String LANES = "p";

    /** Of a credential: the password's letters were brought into one form (NFKC) before. */
    static final String NORMALIZED = "normalized";

    ScryptHash(HashCapacity capacity) {
        super(capacity);
    }

    @Override
    long bytes(PasswordCredentialModel credential) {
        return bytes(number(credential, COST), number(credential, BLOCK), number(credential, LANES));
    }

    /** As BouncyCastle (1.81) makes it: a block for each lane, and what one lane goes through, since they come one after the other. */
    static long bytes(long cost, long block, long lanes) {
        return 128 * block * (cost + lanes);
    }

    @Override
    boolean isOf(String password, PasswordCredentialModel credential) {
        byte[] value =
                Base64.getDecoder().decode(credential.getPasswordSecretData().getValue());
        String hashed = parameter(credential, NORMALIZED).isPresent()
                ? Normalizer.normalize(password, Normalizer.Form.NFKC)
                : password;
        return MessageDigest.isEqual(
                value,
                SCrypt.generate(
                        hashed.getBytes(StandardCharsets.UTF_8),
                        credential.getPasswordSecretData().getSalt(),
                        number(credential, COST),
                        number(credential, BLOCK),
                        number(credential, LANES),
                        value.length));
    }

    /** Of {@link ScryptHash}. */
    public static final class Factory
            implements PasswordHashProviderFactory, PlainFactory<PasswordHashProvider>, WithLibrary {
        @Override
        public PasswordHashProvider create(KeycloakSession session) {
            return new ScryptHash(session.getProvider(HashCapacity.class));
        }

        @Override
        public String getId() {
            return ID;
        }
    }
}
