package dev.socialexchange.keycloak.login;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticatorFactory;
import org.keycloak.protocol.oidc.TokenExchangeSpi;
import org.keycloak.provider.ProviderFactory;

/** Which authenticators run headlessly. */
final class HeadlessSteps {
    /** {@code --spi-oauth2-token-exchange--social-exchange--headless-steps}: ids of others that may. */
    private static final String OPTION = "headless-steps";

    private HeadlessSteps() {}

    static boolean isKnown(ProviderFactory<?> factory, String authenticatorId) {
        return factory.getClass().getName().startsWith("org.keycloak.")
                || factory.getClass().getName().startsWith("dev.socialexchange.")
                || named().contains(authenticatorId);
    }

    private static Set<String> named() {
        return Stream.of(
                        Config.scope(TokenExchangeSpi.SPI_NAME, "social-exchange"),
                        // where it stood before 0.1.0, read for one more release
                        Config.scope("authenticator", IdpEmailVerificationAuthenticatorFactory.PROVIDER_ID))
                .map(scope -> scope.getArray(OPTION))
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .collect(Collectors.toSet());
    }
}
