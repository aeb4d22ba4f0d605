package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.PlainFactory;
import org.keycloak.models.KeycloakSession;

/** Owns what a node keeps from one login to the next. */
public final class LoginMemoryFactory implements PlainFactory<LoginMemory> {
    private final LoginMemory memory = new LoginMemory();

    @Override
    public LoginMemory create(KeycloakSession session) {
        return memory;
    }

    @Override
    public String getId() {
        return "default";
    }
}
