package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CallTemplate.Auth;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SettingName;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import dev.socialexchange.keycloak.provider.SettingsValidation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.provider.ProviderConfigProperty;

/** The revocation endpoint (RFC 7009) of a provider whose endpoints its admin enters: Keycloak (26.7) has no setting for it. */
final class EnteredRevocation {
    private static final String DISCOVERED = "revocation_endpoint"; // RFC 8414 §2

    private EnteredRevocation() {}

    /** The token, and as what it was issued, by our client as it authenticates everywhere else. */
    static CallTemplate call(String url, Auth auth) {
        return CallTemplate.clientForm(
                url, Map.of("token", "{token}", "token_type_hint", "{token_type_hint}"), auth, List.of());
    }

    /** After Keycloak's own settings of the type. */
    static List<ProviderConfigProperty> with(List<ProviderConfigProperty> keycloaks) {
        List<ProviderConfigProperty> own = Stream.of(
                        SettingsProperties.property(
                                ExchangeSettings.REVOCATION_URL, ProviderConfigProperty.STRING_TYPE, null),
                        TypeProperties.revokeAtDeletion())
                .toList();
        return SettingsProperties.with(
                Stream.concat(keycloaks == null ? Stream.empty() : keycloaks.stream(), own.stream())
                        .toList());
    }

    /** What was to be revoked at nobody's would be left, and nobody told before somebody goes. */
    static void require(OAuth2IdentityProviderConfig config) {
        ExchangeSettings settings = new ExchangeSettings(config.getConfig());
        if (!settings.revokesAtDeletion()) {
            return;
        }
        String setting = SettingName.of(ExchangeSettings.REVOKE_AT_DELETION);
        if (settings.revocationUrl().isEmpty()) {
            throw new IllegalArgumentException(setting + " takes " + SettingName.of(ExchangeSettings.REVOCATION_URL));
        }
        if (config.isJWTAuthentication()) {
            throw new IllegalArgumentException(
                    setting + " takes a client secret: it cannot be done with a signed JWT as client authentication");
        }
    }

    /** The same, where a file describes the provider. */
    static void require(OAuth2IdentityProviderConfig config, Descriptor described) {
        if (new ExchangeSettings(config.getConfig()).revokesAtDeletion()
                && described.withdraws().isEmpty()) {
            throw new IllegalArgumentException(SettingName.of(ExchangeSettings.REVOKE_AT_DELETION)
                    + " takes a descriptor with revocation or withdrawal");
        }
    }

    /**
     * What Keycloak reads out of a provider's discovery document, and the endpoint that stands there as well. One that could not be saved is left out: it is not
     * what the import is about.
     */
    static Map<String, String> discovered(Map<String, String> keycloaks, String document) {
        Map<String, String> all = new HashMap<>(keycloaks);
        endpoint(document).ifPresent(url -> all.put(ExchangeSettings.REVOCATION_URL, url));
        return all;
    }

    private static Optional<String> endpoint(String document) {
        return StrictJson.read(document)
                .map(json -> json.path(DISCOVERED))
                .map(JsonNode::textValue)
                .filter(EnteredRevocation::isUsable);
    }

    private static boolean isUsable(String url) {
        try {
            SettingsValidation.prefix(url, ExchangeSettings.REVOCATION_URL);
            return true;
        } catch (IllegalArgumentException unusable) {
            return false;
        }
    }
}
