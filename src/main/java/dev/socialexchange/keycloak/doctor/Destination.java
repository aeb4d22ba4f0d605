package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.Placeholders;
import dev.socialexchange.keycloak.descriptor.Withdrawal;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;

/**
 * An address that this server calls for a provider.
 *
 * @param uri with what is filled in at each call still in braces, encoded
 */
record Destination(URI uri, Use use) {

    /** What for. */
    enum Use {
        TOKENS,
        REFRESH,
        KEYS,
        VERIFICATION,
        BINDING,
        PROFILE,
        REVOCATION,
        /** Where signals are fetched. */
        SIGNALS,
        /** By checks alone: a login goes without. */
        CHECK;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As this installation of the provider has them: exchanges', browser logins' and checks'. */
    static List<Destination> of(ExchangeIdentityProvider provider) {
        Collected collected = new Collected(provider.endpoints(), new ArrayList<>());
        collected.add(provider.descriptor());
        collected.add(provider.getConfig());
        provider.settings().signals().poll().ifPresent(url -> collected.add(url, Use.SIGNALS));
        return collected.all.stream().distinct().toList();
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "http".equals(uri.getScheme()) ? 80 : 443;
    }

    /** For people, with the braces. */
    String path() {
        String path = uri.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** Where nothing happens but that somebody answers. */
    URI root() {
        return URI.create(uri.getScheme() + "://" + authority() + '/');
    }

    String authority() {
        return Call.withoutCredentials(uri.getRawAuthority());
    }

    private record Collected(Endpoints endpoints, List<Destination> all) {

        void add(Descriptor descriptor) {
            descriptor.oauth2().ifPresent(oauth2 -> {
                oauth2.tokenUrl().ifPresent(url -> add(url, Use.TOKENS));
                oauth2.refreshUrl().ifPresent(url -> add(url, Use.REFRESH));
            });
            descriptor.idToken().ifPresent(rules -> {
                rules.signature().jwksUrl().ifPresent(url -> add(url, Use.KEYS));
                add(rules.signature().verify(), Use.VERIFICATION);
            });
            descriptor.accessToken().ifPresent(this::add);
            add(descriptor.revocation(), Use.REVOCATION);
            add(descriptor.withdrawal().flatMap(Withdrawal::call), Use.REVOCATION);
            add(descriptor.check().call(), Use.CHECK);
            descriptor.check().discovery().url().ifPresent(url -> add(url, Use.CHECK));
        }

        private void add(AccessTokenRules rules) {
            add(rules.binding().flatMap(Binding::asked), Use.BINDING);
            add(rules.profile(), Use.PROFILE);
            rules.further().values().forEach(call -> add(Optional.of(call), Use.PROFILE));
        }

        /** What Keycloak's own code calls in a browser login. */
        void add(OAuth2IdentityProviderConfig config) {
            add(config.getTokenUrl(), Use.TOKENS);
            add(config.getUserInfoUrl(), Use.PROFILE);
            if (config instanceof OIDCIdentityProviderConfig oidc && oidc.isUseJwksUrl()) {
                add(oidc.getJwksUrl(), Use.KEYS);
            }
        }

        private void add(Optional<CallTemplate> call, Use use) {
            call.ifPresent(template -> add(template.url(), use));
        }

        private void add(String url, Use use) {
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
}
