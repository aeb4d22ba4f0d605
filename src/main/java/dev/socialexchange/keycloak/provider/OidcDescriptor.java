package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.provider.CallTemplate.Auth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.utils.StringUtil;

/** Describes providers whose endpoints their admin has entered. What is not configured cannot be proven. */
final class OidcDescriptor {
    /** Asymmetric ones: with an HMAC, whoever can verify can sign. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final IdentityPointers STANDARD_CLAIMS = IdentityPointers.entered(
            Pointers.of("/sub"),
            Pointers.of("/preferred_username"),
            Pointers.of("/email"),
            Pointers.of("/email_verified"),
            Pointers.of("/name"),
            Pointers.of("/given_name"),
            Pointers.of("/family_name"));

    private OidcDescriptor() {}

    static Descriptor of(OIDCIdentityProviderConfig config) {
        Descriptor.IdToken idToken = idToken(config);
        String userInfo = config.isDisableUserInfoService() ? null : config.getUserInfoUrl();
        return descriptor(config, idToken, userInfo, STANDARD_CLAIMS);
    }

    /** Of Keycloak's plain OAuth 2.0 type, whose claims have configurable names. */
    static Descriptor of(OAuth2IdentityProviderConfig config) {
        IdentityPointers claims = IdentityPointers.entered(
                claim(config.getUserIDClaim()),
                claim(config.getUserNameClaim()),
                claim(config.getEmailClaim()),
                Pointers.of("/email_verified"),
                claim(config.getFullNameClaim()),
                claim(config.getGivenNameClaim()),
                claim(config.getFamilyNameClaim()));
        return descriptor(config, null, config.getUserInfoUrl(), claims);
    }

    private static Descriptor descriptor(
            OAuth2IdentityProviderConfig config,
            Descriptor.IdToken idToken,
            String userInfoUrl,
            IdentityPointers identity) {
        return new Descriptor(
                config.getProviderId(),
                config.getDisplayName(),
                null,
                oauth2(config),
                idToken,
                accessToken(config, idToken != null, userInfoUrl),
                code(config),
                identity,
                EmailTrust.CLAIM,
                null,
                null,
                null,
                null,
                null,
                false);
    }

    /** Keycloak's dotted path as a JSON pointer. */
    private static Pointers claim(String path) {
        return StringUtil.isBlank(path) ? null : Pointers.of("/" + path.replace('.', '/'));
    }

    private static Descriptor.OAuth2 oauth2(OAuth2IdentityProviderConfig config) {
        return new Descriptor.OAuth2(config.getAuthorizationUrl(), config.getTokenUrl(), config.getDefaultScope());
    }

    private static Descriptor.IdToken idToken(OIDCIdentityProviderConfig config) {
        Set<String> issuers = issuers(config.getIssuer());
        boolean byUrl = config.isUseJwksUrl() && StringUtil.isNotBlank(config.getJwksUrl());
        boolean pinned = !config.isUseJwksUrl() && StringUtil.isNotBlank(config.getPublicKeySignatureVerifier());
        if (issuers.isEmpty() || !byUrl && !pinned) {
            return null;
        }
        return new Descriptor.IdToken(issuers, byUrl ? config.getJwksUrl() : null, ALGORITHMS, false);
    }

    static Set<String> issuers(String commaSeparated) {
        return commaSeparated == null
                ? Set.of()
                : Stream.of(commaSeparated.split(","))
                        .map(String::strip)
                        .filter(issuer -> !issuer.isEmpty())
                        .collect(Collectors.toSet());
    }

    private static Descriptor.AccessToken accessToken(
            OAuth2IdentityProviderConfig config, boolean jwt, String userInfoUrl) {
        String introspectionUrl = config.getTokenIntrospectionUrl();
        boolean canAuthenticate = !config.isJWTAuthentication();
        Binding binding = StringUtil.isBlank(introspectionUrl) || !canAuthenticate
                ? null
                : introspection(introspectionUrl, auth(config));
        CallTemplate profile = StringUtil.isBlank(userInfoUrl) ? null : CallTemplate.userInfo(userInfoUrl);
        return binding == null && !jwt && profile == null
                ? null
                : new Descriptor.AccessToken(binding, jwt, profile, null);
    }

    /** RFC 7662: a bad token is an inactive one; any error concerns our own credentials or the server. */
    static Binding introspection(String url, Auth auth) {
        CallTemplate call = CallTemplate.clientForm(
                url, Map.of("token", "{token}", "token_type_hint", "access_token"), auth, List.of());
        return new Binding(
                call,
                false,
                true,
                Pointers.of("/client_id", "/azp"),
                null,
                null,
                false,
                null,
                Map.of("/active", "true"),
                Pointers.of("/sub", "/uid"), // Okta's sub is the login name, its uid the subject
                Pointers.of("/exp"),
                null);
    }

    private static CodeRules code(OAuth2IdentityProviderConfig config) {
        if (StringUtil.isBlank(config.getTokenUrl()) || config.isJWTAuthentication()) {
            return null; // signing as our client is Keycloak's own code, out of an exchange's reach
        }
        return new CodeRules(
                auth(config), config.isPkceEnabled() ? CodeRules.Pkce.REQUIRED : CodeRules.Pkce.OPTIONAL, null, null);
    }

    private static Auth auth(OAuth2IdentityProviderConfig config) {
        return config.isBasicAuthentication()
                ? Auth.BASIC
                : config.isBasicAuthenticationUnencoded() ? Auth.BASIC_UNENCODED : Auth.POST;
    }
}
