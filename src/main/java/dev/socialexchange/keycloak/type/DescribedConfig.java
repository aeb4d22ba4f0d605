package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SettingName;
import dev.socialexchange.keycloak.provider.SettingsValidation;
import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.utils.StringUtil;

/** The settings of a type from the catalogue, with what its descriptor asks for beside client id and secret. */
public final class DescribedConfig extends ValidatedOAuth2Config {
    private static final long serialVersionUID = 1L;
    /** As Keycloak spells it (26.7). */
    private static final Pattern VAULT_REFERENCE = Pattern.compile("\\$\\{vault\\.[^}]+}");

    /** Keycloak's own constant for it (26.7) is going to be removed. */
    private static final String CLIENT_SECRET_BASIC_UNENCODED = "client_secret_basic_unencoded";

    private final transient Descriptor descriptor;

    DescribedConfig(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public void validate(RealmModel realm) {
        super.validate(realm);
        if (descriptor.about().baseUrl().isPresent()) {
            String baseUrl = getConfig().get(Descriptor.BASE_URL);
            if (StringUtil.isBlank(baseUrl)) {
                throw new IllegalArgumentException(SettingName.of(Descriptor.BASE_URL) + " is missing");
            }
            SettingsValidation.prefix(baseUrl.strip(), Descriptor.BASE_URL);
            UriUtils.checkUrl(realm.getSslRequired(), baseUrl.strip(), SettingName.of(Descriptor.BASE_URL));
        }
        descriptor.signedData().ifPresent(data -> requireVaultReference(data.secretSetting()));
    }

    /** The admin API masks the client secret only, and would show any other. */
    private void requireVaultReference(String key) {
        String value = getConfig().get(key);
        if (!StringUtil.isBlank(value)
                && !VAULT_REFERENCE.matcher(value.strip()).matches()) {
            throw new IllegalArgumentException(SettingName.of(key) + " must be a vault reference, ${vault.…}");
        }
    }

    /** Fills in what the descriptor knows, before Keycloak's constructor looks at it. */
    static OAuth2IdentityProviderConfig filled(OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        descriptor.oauth2().ifPresent(oauth2 -> {
            config.setAuthorizationUrl(oauth2.authorizationUrl().orElse(null));
            config.setTokenUrl(oauth2.tokenUrl().orElse(null));
            oauth2.scope()
                    .filter(scope -> StringUtil.isBlank(config.getDefaultScope()))
                    .ifPresent(config::setDefaultScope);
        });
        descriptor.authorizationCode().ifPresent(rules -> fill(config, rules.client()));
        OidcEndpoints.rewrite(config, endpoints(descriptor, config.getConfig()));
        return config;
    }

    private static void fill(OAuth2IdentityProviderConfig config, CodeRules.Client client) {
        config.setClientAuthMethod(
                switch (client.auth()) {
                    case BASIC -> OIDCLoginProtocol.CLIENT_SECRET_BASIC;
                    case BASIC_UNENCODED -> CLIENT_SECRET_BASIC_UNENCODED;
                    default -> OIDCLoginProtocol.CLIENT_SECRET_POST;
                });
        if (client.pkce() == CodeRules.Pkce.REQUIRED) {
            config.setPkceEnabled(true);
            config.setPkceMethod(OAuth2Constants.PKCE_METHOD_S256);
        }
    }

    /** The provider's URLs as this installation of it, and then the admin, have them. */
    public static Endpoints endpoints(Descriptor descriptor, Map<String, String> config) {
        Endpoints endpoints = new ExchangeSettings(config).endpoints();
        String entered = config.get(Descriptor.BASE_URL);
        return descriptor
                .about()
                .baseUrl()
                .filter(described -> StringUtil.isNotBlank(entered))
                .map(described -> endpoints.withBase(described, Endpoints.withoutSlash(entered.strip())))
                .orElse(endpoints);
    }
}
