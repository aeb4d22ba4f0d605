package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.PlainFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/** bcrypt, of the password or of a digest of it; the whole of it stands in the value. It looks at 72 bytes at most. */
final class BcryptHash extends ForeignHash {
    static final String ID = "social-exchange-bcrypt";

    /** Of a credential: what is hashed instead of the password. */
    static final String DIGEST = "digest";

    /** Django's {@code bcrypt_sha256}. */
    static final String SHA256_HEX = "sha256-hex";

    /** WordPress, from 6.8 on. */
    static final String WORDPRESS = "wordpress";

    private static final String WORDPRESS_KEY = "wp-sha384";

    BcryptHash(HashCapacity capacity) {
        super(capacity);
    }

    /** Its four kilobytes are nothing; it costs a processor alone. */
    @Override
    long bytes(PasswordCredentialModel credential) {
        return 0;
    }

    @Override
    boolean isOf(String password, PasswordCredentialModel credential) {
        byte[] hashed = parameter(credential, DIGEST)
                .map(digest -> digest(digest, password))
                .orElseGet(() -> password.getBytes(StandardCharsets.UTF_8));
        return OpenBSDBCrypt.checkPassword(credential.getPasswordSecretData().getValue(), hashed);
    }

    private static byte[] digest(String digest, String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        try {
            if (digest.equals(SHA256_HEX)) {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                        .getBytes(StandardCharsets.US_ASCII);
            }
            Mac mac = Mac.getInstance("HmacSHA384");
            mac.init(new SecretKeySpec(WORDPRESS_KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA384"));
            return Base64.getEncoder().encode(mac.doFinal(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has both", impossible);
        }
    }

    /** Of {@link BcryptHash}. */
    public static final class Factory
            implements PasswordHashProviderFactory, PlainFactory<PasswordHashProvider>, WithLibrary {
        @Override
        public PasswordHashProvider create(KeycloakSession session) {
            return new BcryptHash(session.getProvider(HashCapacity.class));
        }

        @Override
        public String getId() {
            return ID;
        }
    }
}
