package dev.socialexchange.keycloak.provider;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MAP_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The exchange settings as the admin console shows them. Labels and help texts are keys of {@code theme-resources/messages}. */
public final class SettingsProperties {
    private static final String MESSAGES = "socialExchange-";

    private SettingsProperties() {}

    /** A type's own settings and then ours. */
    public static List<ProviderConfigProperty> with(List<ProviderConfigProperty> own) {
        List<ProviderConfigProperty> all = new ArrayList<>(own == null ? List.of() : own);
        all.addAll(all());
        return all;
    }

    public static List<ProviderConfigProperty> all() {
        return List.of(
                property(ExchangeSettings.CLIENTS, MULTIVALUED_STRING_TYPE, null),
                property(ExchangeSettings.AUDIENCE, MULTIVALUED_STRING_TYPE, null),
                property(ExchangeSettings.TOKEN_AUDIENCE, MULTIVALUED_STRING_TYPE, null),
                property(
                        ExchangeSettings.TOKEN_TYPES,
                        MULTIVALUED_LIST_TYPE,
                        null,
                        Arrays.stream(TokenKind.values()).map(TokenKind::id).toArray(String[]::new)),
                property(ExchangeSettings.UNBOUND, BOOLEAN_TYPE, "false"),
                property(ExchangeSettings.SUBJECT_PATTERN, STRING_TYPE, null),
                property(ExchangeSettings.REQUIRED_CLAIMS, MULTIVALUED_STRING_TYPE, null),
                property(ExchangeSettings.FORBIDDEN_CLAIMS, MULTIVALUED_STRING_TYPE, null),
                property(
                        ExchangeSettings.NONCE,
                        LIST_TYPE,
                        ExchangeSettings.NONCE_OPTIONAL,
                        ExchangeSettings.NONCES.toArray(String[]::new)),
                property(ExchangeSettings.SINGLE_USE, BOOLEAN_TYPE, "true"),
                property(
                        ExchangeSettings.MAX_AGE,
                        STRING_TYPE,
                        String.valueOf(ExchangeSettings.DEFAULT_MAX_AGE_SECONDS)),
                property(
                        ExchangeSettings.EMAIL_TRUST,
                        LIST_TYPE,
                        ExchangeSettings.EMAIL_TRUST_DEFAULT,
                        ExchangeSettings.EMAIL_TRUST_DEFAULT,
                        EmailTrust.CLAIM.id(),
                        EmailTrust.NEVER.id(),
                        EmailTrust.AUTHORITATIVE_DOMAINS.id()),
                property(
                        ExchangeSettings.LINK_MAX_AUTH_AGE,
                        STRING_TYPE,
                        String.valueOf(ExchangeSettings.DEFAULT_LINK_MAX_AUTH_AGE_SECONDS)),
                property(ExchangeSettings.FORM_CLIENTS, MULTIVALUED_STRING_TYPE, null),
                property(
                        ExchangeSettings.TIMEOUT, STRING_TYPE, String.valueOf(ExchangeSettings.DEFAULT_TIMEOUT_MILLIS)),
                property(ExchangeSettings.THROTTLE, STRING_TYPE, null),
                property(ExchangeSettings.CALL_BUDGET, STRING_TYPE, null),
                property(ExchangeSettings.ENDPOINTS, MAP_TYPE, null),
                property(
                        SignalSettings.MODE,
                        LIST_TYPE,
                        SignalMode.OFF.id(),
                        Arrays.stream(SignalMode.values()).map(SignalMode::id).toArray(String[]::new)),
                property(SignalSettings.POLICY, MAP_TYPE, null),
                property(
                        SignalSettings.SESSIONS,
                        LIST_TYPE,
                        SignalSettings.OF_LINK,
                        SignalSettings.OF_LINK,
                        SignalSettings.ALL),
                property(SignalSettings.SECRET, MULTIVALUED_STRING_TYPE, null),
                property(SignalSettings.KEY, MULTIVALUED_STRING_TYPE, null),
                property(SignalSettings.AUDIENCE, MULTIVALUED_STRING_TYPE, null),
                property(SignalSettings.MAIL_ELSEWHERE, BOOLEAN_TYPE, "false"));
    }

    /** Of a setting, in the message bundles. */
    static String label(String key) {
        return MESSAGES + key;
    }

    public static ProviderConfigProperty property(String key, String type, String defaultValue, String... options) {
        ProviderConfigProperty property =
                new ProviderConfigProperty(key, label(key), label(key) + "-help", type, defaultValue);
        if (options.length > 0) { // with an empty list the console (26.7) would offer nothing to choose from
            property.setOptions(List.of(options));
        }
        return property;
    }
}
