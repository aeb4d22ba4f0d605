package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.TelegramBotToken;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.core.Response;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPage;

/**
 * Telegram signs browsers in by OpenID Connect, for which a bot has a secret of its own (BotFather, Web Login). Where the
 * bot token stands in its place, for signed data, a browser would come back from Telegram to no avail: it is not sent there.
 */
final class TelegramIdentityProvider extends DescribedIdentityProvider {
    private static final String UNAVAILABLE = "socialExchange-telegramLoginUnavailable";

    TelegramIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        super(session, config, descriptor);
    }

    @Override
    public Response performLogin(AuthenticationRequest request) {
        AppRegistration app = AppRegistration.of(
                new KeycloakSurroundings(session).secrets(),
                getConfig(),
                new ExchangeSettings(getConfig().getConfig()));
        if (TelegramBotToken.parse(app.clientSecret()).isPresent()) {
            logger.warnf(
                    "%s has a bot token for its client secret: it can verify signed data, and sign no browser in",
                    getConfig().getAlias());
            return ErrorPage.error(
                    session, request.getAuthenticationSession(), Response.Status.NOT_IMPLEMENTED, UNAVAILABLE);
        }
        return super.performLogin(request);
    }
}
