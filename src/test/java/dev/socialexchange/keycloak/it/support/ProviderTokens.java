package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;

/** The simulated provider behind each of the demo realm's identity providers. */
public final class ProviderTokens {

    private ProviderTokens() {}

    /** @param like the alias in the demo realm */
    public static Provider of(Simulator simulator, String like) {
        return switch (like) {
            case "github" -> simulator.github();
            case "legacy", "custom" -> simulator.legacy();
            default -> openId(simulator, like);
        };
    }

    public static OpenIdProvider openId(Simulator simulator, String like) {
        return switch (like) {
            case "google" -> simulator.google();
            case "facebook" -> simulator.facebook();
            case "acme" -> simulator.acme();
            case "partner" -> simulator.partner();
            default -> throw new IllegalArgumentException(like + " signs no id tokens");
        };
    }

    public static OpenIdProvider openId(String like) {
        return openId(Suite.providers(), like);
    }

    public static Provider of(String like) {
        return of(Suite.providers(), like);
    }
}
