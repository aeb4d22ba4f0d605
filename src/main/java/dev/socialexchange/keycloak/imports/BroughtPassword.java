package dev.socialexchange.keycloak.imports;

import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** A password's hash as the source has stored it, kept if this server can verify it: Keycloak (26.7) takes any, and then lets nobody in by it without a word. */
final class BroughtPassword {
    private final KeycloakSession session;
    private final String stored;

    BroughtPassword(KeycloakSession session, String stored) {
        this.session = session;
        this.stored = stored;
    }

    /** @return empty if it was left, since nobody could sign in by it */
    Optional<CredentialModel> keptFor(UserModel user) {
        return PasswordHash.of(stored).filter(this::isVerifiable).map(hash -> user.credentialManager()
                .createStoredCredential(hash.credential()));
    }

    private boolean isVerifiable(PasswordHash hash) {
        PasswordHashProvider verifier = session.getProvider(PasswordHashProvider.class, hash.algorithm());
        return verifier != null && (!(verifier instanceof ForeignHash foreign) || foreign.knows(hash));
    }
}
