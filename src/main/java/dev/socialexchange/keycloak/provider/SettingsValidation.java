package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** Refuses settings that could not work, when the identity provider is saved. The messages are shown to the admin. */
public final class SettingsValidation {
    private static final int MAX_TIMEOUT_MILLIS = 30_000;
    private static final int MAX_MAX_AGE_SECONDS = 86_400;

    private static final int MAX_PER_MINUTE = 1_000_000;
    private static final int MAX_LINK_MAX_AUTH_AGE_SECONDS = 86_400;

    private final Map<String, String> config;

    private SettingsValidation(Map<String, String> config) {
        this.config = config;
    }

    public static void validate(IdentityProviderModel model, RealmModel realm) {
        SettingsValidation validation = new SettingsValidation(model.getConfig());
        EnteredSettings entered = new EnteredSettings(model.getConfig());
        entered.range(ExchangeSettings.MAX_AGE, 1, MAX_MAX_AGE_SECONDS);
        entered.range(ExchangeSettings.LINK_MAX_AUTH_AGE, 0, MAX_LINK_MAX_AUTH_AGE_SECONDS);
        entered.range(ExchangeSettings.TIMEOUT, 100, MAX_TIMEOUT_MILLIS);
        entered.range(ExchangeSettings.THROTTLE, 0, MAX_PER_MINUTE);
        entered.range(ExchangeSettings.CALL_BUDGET, 0, MAX_PER_MINUTE);
        entered.oneOf(ExchangeSettings.NONCE, Set.copyOf(ExchangeSettings.NONCES));
        entered.oneOf(
                ExchangeSettings.EMAIL_TRUST,
                Set.of(
                        ExchangeSettings.EMAIL_TRUST_DEFAULT,
                        EmailTrust.CLAIM.id(),
                        EmailTrust.NEVER.id(),
                        EmailTrust.AUTHORITATIVE_DOMAINS.id()));
        entered.onOrOff(ExchangeSettings.UNBOUND);
        entered.onOrOff(ExchangeSettings.SINGLE_USE);
        entered.onOrOff(ExchangeSettings.REVOKE_AT_DELETION);
        validation.tokenTypes();
        new SignalSettingsValidation(entered).validate(realm.getSslRequired());
        new ExchangeSettings(model.getConfig()).claims();
        validation.formClients();
        validation.endpoints(realm.getSslRequired());
        validation.revocation(realm.getSslRequired());
        if (!ListedClients.missing(model, realm).isEmpty()) {
            ListedClients.verify(model, realm, KeycloakSessionUtil.getKeycloakSession());
        }
    }

    private void tokenTypes() {
        for (String kind : new SettingValues(config).list(ExchangeSettings.TOKEN_TYPES)) {
            if (TokenKind.byId(kind).isEmpty()) {
                throw new IllegalArgumentException(SettingName.of(ExchangeSettings.TOKEN_TYPES)
                        + " must be among access_token, id_token, authorization_code or signed_data");
            }
        }
    }

    /** One that may not exchange has no links: a name here that is not there is a mistake, and protects nobody. */
    private void formClients() {
        ExchangeSettings settings = new ExchangeSettings(config);
        if (!settings.clients().containsAll(settings.formClients())) {
            throw new IllegalArgumentException(SettingName.of(ExchangeSettings.FORM_CLIENTS) + " must be among "
                    + SettingName.of(ExchangeSettings.CLIENTS));
        }
    }

    private void endpoints(SslRequired sslRequired) {
        new ExchangeSettings(config).endpoints().prefixes().forEach((from, to) -> {
            prefix(from, ExchangeSettings.ENDPOINTS);
            prefix(to, ExchangeSettings.ENDPOINTS);
            UriUtils.checkUrl(sslRequired, to, SettingName.of(ExchangeSettings.ENDPOINTS));
        });
    }

    /** Tokens and our own client's secret go there. */
    private void revocation(SslRequired sslRequired) {
        new ExchangeSettings(config).revocationUrl().ifPresent(url -> {
            prefix(url, ExchangeSettings.REVOCATION_URL);
            UriUtils.checkUrl(sslRequired, url, SettingName.of(ExchangeSettings.REVOCATION_URL));
        });
    }

    /** An address that others begin with. */
    public static void prefix(String url, String key) {
        try {
            URI uri = new URI(url);
            if (!uri.isAbsolute()
                    || uri.getRawAuthority() == null
                    || uri.getUserInfo() != null
                    || uri.getQuery() != null
                    || uri.getFragment() != null) {
                throw new IllegalArgumentException(
                        SettingName.of(key) + ": an origin with or without a path, no query");
            }
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException(SettingName.of(key) + ": not a URL", invalid);
        }
    }
}
