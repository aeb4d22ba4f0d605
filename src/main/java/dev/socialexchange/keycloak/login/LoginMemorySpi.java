package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.OwnSpi;

/** Without options: {@link LoginMemoryFactory}. */
public final class LoginMemorySpi extends OwnSpi<LoginMemory> {
    public LoginMemorySpi() {
        super("social-exchange-login", LoginMemory.class, LoginMemoryFactory.class);
    }
}
