package dev.socialexchange.keycloak.provider;

import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import com.fasterxml.jackson.core.JsonPointer;
import dev.socialexchange.keycloak.provider.CallTemplate.Auth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.utils.StringUtil;

/** A descriptor as console settings. */
final class CustomSettings {
    static final String DESCRIPTOR = "descriptor";

    private static final String AUTHORIZATION_URL = "authorizationUrl";
    private static final String TOKEN_URL = "tokenUrl";
    private static final String USER_INFO_URL = "userInfoUrl";
    private static final String INTROSPECTION_URL = "tokenIntrospectionUrl";
    private static final String BINDING_URL = "bindingUrl";
    private static final String BINDING_CLIENT_ID = "bindingClientIdPointer";
    private static final String ISSUER = "issuer";
    private static final String JWKS_URL = "jwksUrl";
    private static final String ID = "idPointer";
    private static final String USERNAME = "usernamePointer";
    private static final String EMAIL = "emailPointer";
    private static final String EMAIL_VERIFIED = "emailVerifiedPointer";
    private static final String NAME = "namePointer";
    private static final String GIVEN_NAME = "givenNamePointer";
    private static final String FAMILY_NAME = "familyNamePointer";

    private static final List<String> URLS =
            List.of(AUTHORIZATION_URL, TOKEN_URL, USER_INFO_URL, INTROSPECTION_URL, BINDING_URL, JWKS_URL);
    private static final Map<String, String> POINTER_DEFAULTS = Map.of(
            ID, "/sub",
            USERNAME, "/preferred_username",
            EMAIL, "/email",
            EMAIL_VERIFIED, "/email_verified",
            NAME, "/name",
            GIVEN_NAME, "/given_name",
            FAMILY_NAME, "/family_name",
            BINDING_CLIENT_ID, "/client_id");

    private final IdentityProviderModel model;

    CustomSettings(IdentityProviderModel model) {
        this.model = model;
    }

    /** The file that describes this provider, if it is not described here. */
    Optional<String> descriptorName() {
        return Optional.ofNullable(value(DESCRIPTOR));
    }

    /** From the settings themselves. */
    Descriptor descriptor() {
        Descriptor.IdToken idToken = idToken();
        return new Descriptor(
                model.getProviderId(),
                model.getDisplayName(),
                null,
                new Descriptor.OAuth2(value(AUTHORIZATION_URL), value(TOKEN_URL), null),
                idToken,
                accessToken(idToken != null),
                value(TOKEN_URL) == null ? null : new CodeRules(Auth.POST, CodeRules.Pkce.OPTIONAL, null, null),
                IdentityPointers.entered(
                        pointer(ID),
                        pointer(USERNAME),
                        pointer(EMAIL),
                        pointer(EMAIL_VERIFIED),
                        pointer(NAME),
                        pointer(GIVEN_NAME),
                        pointer(FAMILY_NAME)),
                EmailTrust.NEVER,
                null,
                null,
                null,
                null,
                null,
                false);
    }

    private Descriptor.IdToken idToken() {
        Set<String> issuers = OidcDescriptor.issuers(value(ISSUER));
        return issuers.isEmpty() || value(JWKS_URL) == null
                ? null
                : new Descriptor.IdToken(issuers, value(JWKS_URL), OidcDescriptor.ALGORITHMS, false);
    }

    private Descriptor.AccessToken accessToken(boolean jwt) {
        Binding binding = binding();
        String userInfoUrl = value(USER_INFO_URL);
        if (binding == null && !jwt && userInfoUrl == null) {
            return null;
        }
        CallTemplate profile = userInfoUrl == null ? null : CallTemplate.userInfo(userInfoUrl);
        return new Descriptor.AccessToken(binding, jwt, profile, null);
    }

    private Binding binding() {
        if (value(INTROSPECTION_URL) != null) {
            return OidcDescriptor.introspection(value(INTROSPECTION_URL), Auth.POST);
        }
        return value(BINDING_URL) == null
                ? null
                : new Binding(
                        CallTemplate.userInfo(value(BINDING_URL)),
                        false,
                        false,
                        pointer(BINDING_CLIENT_ID),
                        null,
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        null);
    }

    private Pointers pointer(String key) {
        String pointer = value(key);
        return Pointers.of(pointer == null ? POINTER_DEFAULTS.get(key) : pointer);
    }

    private String value(String key) {
        String value = model.getConfig().get(key);
        return StringUtil.isBlank(value) ? null : value.strip();
    }

    void validate(RealmModel realm) {
        if (descriptorName().isPresent()
                && Stream.concat(URLS.stream(), Stream.of(ISSUER)).anyMatch(key -> value(key) != null)) {
            // two sources of one truth: whoever reads one of them would be wrong about the other
            throw new IllegalArgumentException(
                    DESCRIPTOR + " stands for all URLs and the issuer: leave those empty, or the descriptor");
        }
        URLS.forEach(key -> UriUtils.checkUrl(realm.getSslRequired(), value(key), key));
        POINTER_DEFAULTS.keySet().stream().filter(key -> value(key) != null).forEach(key -> {
            try {
                JsonPointer.compile(value(key));
            } catch (IllegalArgumentException invalid) {
                throw new IllegalArgumentException(key + " is not a JSON pointer, for example /data/id", invalid);
            }
        });
    }

    /** Plain text settings, labelled in the message bundles. */
    static List<ProviderConfigProperty> named(List<String> keys) {
        return keys.stream()
                .map(key -> SettingsProperties.property(key, STRING_TYPE, null))
                .toList();
    }

    static List<ProviderConfigProperty> properties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        properties.add(SettingsProperties.property(DESCRIPTOR, STRING_TYPE, null));
        Stream.concat(
                        Stream.concat(URLS.stream(), Stream.of(ISSUER)),
                        Stream.of(
                                BINDING_CLIENT_ID, ID, USERNAME, EMAIL, EMAIL_VERIFIED, NAME, GIVEN_NAME, FAMILY_NAME))
                .map(key -> SettingsProperties.property(key, STRING_TYPE, POINTER_DEFAULTS.get(key)))
                .forEach(properties::add);
        properties.add(LogoutRevocation.property());
        return properties;
    }
}
