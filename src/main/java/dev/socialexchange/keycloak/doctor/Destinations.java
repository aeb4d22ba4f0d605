package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.Placeholders;
import dev.socialexchange.keycloak.descriptor.Withdrawal;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;

/** Collects whom this server calls for a provider, as this installation of it has them. */
final class Destinations {
    private final Endpoints endpoints;
    private final List<Destination> all = new ArrayList<>();

    private Destinations(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Exchanges', browser logins' and checks'. */
    static List<Destination> of(ExchangeIdentityProvider provider) {
        Destinations destinations = new Destinations(provider.endpoints());
        destinations.add(provider.descriptor());
        destinations.add(provider.getConfig());
        provider.settings().signals().poll().ifPresent(url -> destinations.add(url, Destination.Use.SIGNALS));
        return destinations.all.stream().distinct().toList();
    }

    private void add(Descriptor descriptor) {
        descriptor.oauth2().ifPresent(oauth2 -> {
            oauth2.tokenUrl().ifPresent(url -> add(url, Destination.Use.TOKENS));
            oauth2.refreshUrl().ifPresent(url -> add(url, Destination.Use.REFRESH));
        });
        descriptor.idToken().ifPresent(rules -> {
            rules.signature().jwksUrl().ifPresent(url -> add(url, Destination.Use.KEYS));
            add(rules.signature().verify(), Destination.Use.VERIFICATION);
        });
        descriptor.accessToken().ifPresent(this::add);
        add(descriptor.revocation(), Destination.Use.REVOCATION);
        add(descriptor.withdrawal().flatMap(Withdrawal::call), Destination.Use.REVOCATION);
        add(descriptor.check().call(), Destination.Use.CHECK);
        descriptor.check().discovery().url().ifPresent(url -> add(url, Destination.Use.CHECK));
    }

    private void add(AccessTokenRules rules) {
        add(rules.binding().flatMap(Binding::asked), Destination.Use.BINDING);
        add(rules.profile(), Destination.Use.PROFILE);
        rules.further().values().forEach(call -> add(Optional.of(call), Destination.Use.PROFILE));
    }

    /** What Keycloak's own code calls in a browser login. */
    private void add(OAuth2IdentityProviderConfig config) {
        add(config.getTokenUrl(), Destination.Use.TOKENS);
        add(config.getUserInfoUrl(), Destination.Use.PROFILE);
        if (config instanceof OIDCIdentityProviderConfig oidc && oidc.isUseJwksUrl()) {
            add(oidc.getJwksUrl(), Destination.Use.KEYS);
        }
    }

    private void add(Optional<CallTemplate> call, Destination.Use use) {
        call.ifPresent(template -> add(template.url(), use));
    }

    private void add(String url, Destination.Use use) {
        if (url == null || url.isBlank()) {
            return;
        }
        String rewritten = endpoints.rewrite(Placeholders.fill(url, word -> "%7B" + word + "%7D"));
        try {
            URI uri = URI.create(rewritten.replaceAll("[?#].*$", ""));
            if (uri.getHost() != null) {
                all.add(new Destination(uri, use));
            }
        } catch (IllegalArgumentException noAddress) {
            // an admin has entered it, and calling it fails for the same reason
            return;
        }
    }
}
