package dev.socialexchange.keycloak.broker;

import java.util.Set;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticatorFactory;
import org.keycloak.provider.ProviderFactory;

/** Which authenticators run headlessly. */
final class HeadlessSteps {
    /** {@code --spi-authenticator--idp-email-verification--headless-steps}: ids of others that may. */
    static final String OPTION = "headless-steps";

    private HeadlessSteps() {}

    static boolean isKnown(ProviderFactory<?> factory, String authenticatorId) {
        return factory.getClass().getName().startsWith("org.keycloak.")
                || factory.getClass().getName().startsWith("dev.socialexchange.")
                || named().contains(authenticatorId);
    }

    private static Set<String> named() {
        String[] ids = Config.scope("authenticator", IdpEmailVerificationAuthenticatorFactory.PROVIDER_ID)
                .getArray(OPTION);
        return ids == null ? Set.of() : Set.of(ids);
    }
}
