package dev.socialexchange.keycloak.server;

import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.proof.KeptKeys;
import dev.socialexchange.keycloak.proof.SealingKeys;
import dev.socialexchange.keycloak.proof.Signatures;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.Secrets;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.common.VerificationException;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.keys.PublicKeyStorageProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** A request's session, for as long as it lasts. */
public record KeycloakSurroundings(KeycloakSession session, ProviderCalls calls) implements Surroundings {

    public KeycloakSurroundings(KeycloakSession session) {
        this(session, session.getProvider(ProviderCalls.class));
    }

    @Override
    public String realm() {
        return session.getContext().getRealm().getId();
    }

    @Override
    public String client() {
        ClientModel client = session.getContext().getClient();
        return client == null ? null : client.getId();
    }

    @Override
    public KeptKeys keptKeys(String name) {
        return new StoredKeys(session.getProvider(PublicKeyStorageProvider.class), name);
    }

    @Override
    public Signatures signatures() {
        return this::verify;
    }

    private boolean verify(KeyWrapper key, byte[] data, byte[] signature) {
        SignatureProvider signatures = session.getProvider(SignatureProvider.class, key.getAlgorithm());
        try {
            return signatures != null && signatures.verifier(key).verify(data, signature);
        } catch (VerificationException malformed) {
            return false;
        }
    }

    @Override
    public SealingKeys sealingKeys() {
        return new RealmKeys(session);
    }

    @Override
    public Once once() {
        return NodesOnce.of(session);
    }

    @Override
    public Secrets secrets() {
        return this::secret;
    }

    /** Keycloak (26.7) gives back what it takes for no reference, such as <code>${vault.name</code>, without its end. */
    private Optional<String> secret(String configured) {
        try (VaultStringSecret secret = session.vault().getStringSecret(configured)) {
            return secret.get().filter(text -> !text.equals(configured) || !Secrets.isReference(text));
        }
    }

    @Override
    public Recorder recorder() {
        return session.getProvider(Recorder.class);
    }

    @Override
    public Journal journal() {
        return Rehearsal.journal(session);
    }

    /** Keycloak's own, by which all that it stores ends. */
    @Override
    public InstantSource clock() {
        return () -> Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
