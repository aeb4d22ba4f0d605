package dev.socialexchange.keycloak.imports;

import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * Verifies what another back end has made, and makes none: no policy is content with it, so that Keycloak (26.7) makes a hash of its own at the first login.
 */
abstract class ForeignHash implements PasswordHashProvider {
    /** Of the library that servers have that are not in FIPS mode. */
    private static final String LIBRARY = "org.bouncycastle.crypto.generators.OpenBSDBCrypt";

    private final HashCapacity capacity;

    ForeignHash(HashCapacity capacity) {
        this.capacity = capacity;
    }

    /** When the node has room for it. */
    @Override
    public final boolean verify(String password, PasswordCredentialModel credential) {
        return capacity.spend(bytes(credential), () -> isOf(password, credential));
    }

    /** What it takes while it is made. */
    abstract long bytes(PasswordCredentialModel credential);

    abstract boolean isOf(String password, PasswordCredentialModel credential);

    @Override
    public boolean policyCheck(PasswordPolicy policy, PasswordCredentialModel credential) {
        return false;
    }

    @Override
    public PasswordCredentialModel encodedCredential(String password, int iterations) {
        throw new UnsupportedOperationException("nothing new is hashed like this");
    }

    /** Whether it can be verified by what this server has been told. */
    boolean knows(PasswordHash hash) {
        return true;
    }

    static Optional<String> parameter(PasswordCredentialModel credential, String name) {
        return Optional.ofNullable(
                credential.getPasswordCredentialData().getAdditionalParameters().getFirst(name));
    }

    static int number(PasswordCredentialModel credential, String name) {
        return Integer.parseInt(parameter(credential, name).orElseThrow());
    }

    /** Without the library there is no such provider, and the import says that it cannot verify the hash. */
    interface WithLibrary extends EnvironmentDependentProviderFactory {
        @Override
        default boolean isSupported(Config.Scope config) {
            return ForeignHash.class.getClassLoader().getResource(LIBRARY.replace('.', '/') + ".class") != null;
        }
    }

    static List<String> one(Object value) {
        return List.of(String.valueOf(value));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
