package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.PlainFactory;
import java.util.Base64;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Of {@link FirebaseHash}; without the project's key there is none. */
public final class FirebaseHashFactory
        implements PasswordHashProviderFactory, PlainFactory<PasswordHashProvider>, ForeignHash.WithLibrary {
    private static final String SIGNER_KEY = "signer-key";
    private static final String SALT_SEPARATOR = "salt-separator";
    private static final String ROUNDS = "rounds";
    private static final String MEMORY = "mem-cost";
    private static final int USUAL_ROUNDS = 8;
    private static final int USUAL_MEMORY = 14;

    private FirebaseProject project;

    /** Keycloak (26.7) asks whether it is supported when it builds itself, where secrets do not belong. */
    @Override
    public void init(Config.Scope config) {
        if (config.get(SIGNER_KEY) == null) {
            return;
        }
        project = new FirebaseProject(
                Base64.getDecoder().decode(config.get(SIGNER_KEY)),
                Base64.getDecoder().decode(config.get(SALT_SEPARATOR, "")),
                config.getInt(ROUNDS, USUAL_ROUNDS),
                config.getInt(MEMORY, USUAL_MEMORY));
    }

    @Override
    public PasswordHashProvider create(KeycloakSession session) {
        return project == null ? null : new FirebaseHash(session.getProvider(HashCapacity.class), project);
    }

    @Override
    public String getId() {
        return FirebaseHash.ID;
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
