package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import java.util.Optional;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Finds the identity providers of a realm that are open for exchange. */
public final class ExchangeIdentityProviders {

    private ExchangeIdentityProviders() {}

    /**
     * The provider with this alias, bound to this session; empty if there is none, it is disabled, of a type that cannot
     * exchange, or lists no client: from outside these look alike.
     */
    public static Optional<ExchangeIdentityProvider> open(KeycloakSession session, String alias) {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        if (model == null || !isOpen(model)) {
            return Optional.empty();
        }
        Optional<ExchangeIdentityProvider> provider =
                ForeignCode.call(() -> "provider " + alias, () -> readable(session, model));
        if (provider.isPresent() && !provider.get().isUsable()) {
            throw notOpen("descriptor_unusable");
        }
        return provider;
    }

    /** Whether it is meant to be used, and by some client; whether it can be is another question. */
    public static boolean isOpen(IdentityProviderModel model) {
        return model.isEnabled()
                && !new ExchangeSettings(model.getConfig()).clients().isEmpty();
    }

    private static Optional<ExchangeIdentityProvider> readable(KeycloakSession session, IdentityProviderModel model) {
        try {
            requireReadable(model);
            return made(session, model);
        } catch (IllegalArgumentException unreadable) {
            // saved while the extension was not installed, so that nobody validated them
            throw ExchangeException.setupFaulty("provider " + model.getAlias() + ": settings_invalid");
        }
    }

    /** @param detail for the event, {@code null} if there is nothing to say */
    public static ExchangeException notOpen(String detail) {
        return ExchangeException.because(ExchangeError.PROVIDER_UNKNOWN, detail);
    }

    /**
     * The provider as it is set up, whether it is open or not; empty if its type cannot exchange.
     *
     * @throws IllegalArgumentException naming the setting that cannot be read
     * @throws ExchangeException if the type's own code fails
     */
    public static Optional<ExchangeIdentityProvider> any(KeycloakSession session, IdentityProviderModel model) {
        requireReadable(model);
        return ForeignCode.call(() -> "provider " + model.getAlias(), () -> made(session, model));
    }

    private static void requireReadable(IdentityProviderModel model) {
        ExchangeSettings settings = new ExchangeSettings(model.getConfig());
        settings.endpoints();
        settings.claims();
        settings.signals().overrides();
        settings.maxAge();
        settings.linkMaxAuthAge();
        settings.timeout();
    }

    private static Optional<ExchangeIdentityProvider> made(KeycloakSession session, IdentityProviderModel model) {
        KeycloakSessionFactory factories = session.getKeycloakSessionFactory();
        ProviderFactory<?> factory = factories.getProviderFactory(SocialIdentityProvider.class, model.getProviderId());
        if (factory == null) {
            factory = factories.getProviderFactory(IdentityProvider.class, model.getProviderId());
        }
        return factory instanceof IdentityProviderFactory<?> types
                        && types.create(session, model) instanceof ExchangeIdentityProvider provider
                ? Optional.of(provider)
                : Optional.empty();
    }
}
