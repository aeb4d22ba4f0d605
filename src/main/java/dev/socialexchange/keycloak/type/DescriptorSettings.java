package dev.socialexchange.keycloak.type;

import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import com.fasterxml.jackson.core.JsonPointer;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CallTemplate.Auth;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SettingName;
import dev.socialexchange.keycloak.provider.SettingsProperties;
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
public final class DescriptorSettings {
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

    private static final List<String> URLS = List.of(
            AUTHORIZATION_URL,
            TOKEN_URL,
            USER_INFO_URL,
            INTROSPECTION_URL,
            BINDING_URL,
            JWKS_URL,
            ExchangeSettings.REVOCATION_URL);
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

    public DescriptorSettings(IdentityProviderModel model) {
        this.model = model;
    }

    /** The file that describes this provider, if it is not described here. */
    Optional<String> descriptorName() {
        return given(DESCRIPTOR);
    }

    /** From the settings themselves. */
    Descriptor descriptor() {
        Optional<IdTokenRules> idToken = idToken();
        Optional<CodeRules> code = given(TOKEN_URL).map(url -> CodeRules.standard(Auth.POST, CodeRules.Pkce.OPTIONAL));
        Descriptor descriptor = Descriptor.entered(
                model.getProviderId(),
                model.getDisplayName(),
                OAuth2Endpoints.standard(value(AUTHORIZATION_URL), value(TOKEN_URL), null),
                new Descriptor.Kinds(idToken, accessToken(idToken.isPresent()), code, Optional.empty()),
                new IdentityPointers(
                        IdentityPointers.Id.at(pointer(ID)),
                        new IdentityPointers.Username(pointer(USERNAME), Optional.empty()),
                        IdentityPointers.Mail.at(pointer(EMAIL), pointer(EMAIL_VERIFIED)),
                        new IdentityPointers.Names(pointer(NAME), pointer(GIVEN_NAME), pointer(FAMILY_NAME))),
                EmailTrust.NEVER);
        return given(ExchangeSettings.REVOCATION_URL)
                .map(url -> descriptor.revoking(EnteredRevocation.call(url, Auth.POST)))
                .orElse(descriptor);
    }

    private Optional<IdTokenRules> idToken() {
        Set<String> issuers = OidcDescriptor.issuers(value(ISSUER));
        return given(JWKS_URL)
                .filter(url -> !issuers.isEmpty())
                .map(url ->
                        IdTokenRules.of(issuers, IdTokenRules.Signature.by(Optional.of(url), IdTokenRules.ASYMMETRIC)));
    }

    private Optional<AccessTokenRules> accessToken(boolean jwt) {
        AccessTokenRules rules =
                new AccessTokenRules(binding(), jwt, given(USER_INFO_URL).map(CallTemplate::userInfo));
        return Optional.of(rules).filter(AccessTokenRules::isOfUse);
    }

    private Optional<Binding> binding() {
        Optional<Binding> introspected =
                given(INTROSPECTION_URL).map(url -> OidcDescriptor.introspection(url, Auth.POST));
        return introspected.or(() -> given(BINDING_URL)
                .map(url -> new Binding.Called(
                        CallTemplate.userInfo(url),
                        Binding.App.at(pointer(BINDING_CLIENT_ID)),
                        Binding.Answer.NOTHING)));
    }

    private Pointers pointer(String key) {
        String pointer = value(key);
        return Pointers.of(pointer == null ? POINTER_DEFAULTS.get(key) : pointer);
    }

    private Optional<String> given(String key) {
        return Optional.ofNullable(value(key));
    }

    private String value(String key) {
        String value = model.getConfig().get(key);
        return StringUtil.isBlank(value) ? null : value.strip();
    }

    public void validate(RealmModel realm) {
        if (descriptorName().isPresent()
                && Stream.concat(URLS.stream(), Stream.of(ISSUER)).anyMatch(key -> value(key) != null)) {
            // two sources of one truth: whoever reads one of them would be wrong about the other
            throw new IllegalArgumentException(SettingName.of(DESCRIPTOR)
                    + " stands for all URLs and the issuer: leave those empty, or the descriptor");
        }
        URLS.forEach(key -> UriUtils.checkUrl(realm.getSslRequired(), value(key), SettingName.of(key)));
        POINTER_DEFAULTS.keySet().stream().filter(key -> value(key) != null).forEach(key -> {
            try {
                JsonPointer.compile(value(key));
            } catch (IllegalArgumentException invalid) {
                throw new IllegalArgumentException(
                        SettingName.of(key)
                                + " must be a JSON pointer, which begins with a slash: /id, or /data/id for an id inside data",
                        invalid);
            }
        });
    }

    /** Plain text settings, labelled in the message bundles. */
    static List<ProviderConfigProperty> named(List<String> keys) {
        return keys.stream()
                .map(key -> SettingsProperties.property(key, STRING_TYPE, null))
                .toList();
    }

    public static List<ProviderConfigProperty> properties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        properties.add(SettingsProperties.property(DESCRIPTOR, STRING_TYPE, null));
        Stream.concat(
                        Stream.concat(URLS.stream(), Stream.of(ISSUER)),
                        Stream.of(
                                BINDING_CLIENT_ID, ID, USERNAME, EMAIL, EMAIL_VERIFIED, NAME, GIVEN_NAME, FAMILY_NAME))
                .map(key -> SettingsProperties.property(key, STRING_TYPE, POINTER_DEFAULTS.get(key)))
                .forEach(properties::add);
        properties.add(LogoutRevocation.property());
        properties.add(TypeProperties.revokeAtDeletion());
        return properties;
    }
}
