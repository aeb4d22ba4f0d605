package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CallTemplate.Auth;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.SignalRules;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.utils.StringUtil;

/** Describes providers whose endpoints their admin has entered. What is not configured cannot be proven. */
public final class OidcDescriptor {
    private static final IdentityPointers STANDARD_CLAIMS = new IdentityPointers(
            IdentityPointers.Id.at(Pointers.of("/sub")),
            new IdentityPointers.Username(Pointers.of("/preferred_username"), Optional.empty()),
            IdentityPointers.Mail.at(Pointers.of("/email"), Pointers.of("/email_verified")),
            new IdentityPointers.Names(Pointers.of("/name"), Pointers.of("/given_name"), Pointers.of("/family_name")));

    private static final Binding.App INTROSPECTED_APP = Binding.App.at(Pointers.of("/client_id", "/azp"));
    private static final Binding.Answer INTROSPECTED = new Binding.Answer(
            Map.of("/active", "true"),
            Pointers.of("/sub", "/uid"), // Okta's sub is the login name, its uid the subject
            Pointers.of("/exp"),
            Pointers.NONE);

    /** The name of the address at which such a provider may tell what happens to people. */
    private static final String SHARED_SIGNALS = "shared-signals";

    private static final SignalRules SIGNALS = DescriptorReader.sharedSignals();

    private OidcDescriptor() {}

    static Descriptor of(OIDCIdentityProviderConfig config) {
        Optional<String> userInfo =
                config.isDisableUserInfoService() ? Optional.empty() : given(config.getUserInfoUrl());
        Descriptor descriptor = descriptor(config, idToken(config), userInfo, STANDARD_CLAIMS);
        return descriptor.idToken().isPresent() ? descriptor.telling(Map.of(SHARED_SIGNALS, SIGNALS)) : descriptor;
    }

    /** Of Keycloak's plain OAuth 2.0 type, whose claims have configurable names. */
    static Descriptor of(OAuth2IdentityProviderConfig config) {
        IdentityPointers claims = new IdentityPointers(
                IdentityPointers.Id.at(claim(config.getUserIDClaim())),
                new IdentityPointers.Username(claim(config.getUserNameClaim()), Optional.empty()),
                IdentityPointers.Mail.at(claim(config.getEmailClaim()), Pointers.of("/email_verified")),
                new IdentityPointers.Names(
                        claim(config.getFullNameClaim()),
                        claim(config.getGivenNameClaim()),
                        claim(config.getFamilyNameClaim())));
        return descriptor(config, Optional.empty(), given(config.getUserInfoUrl()), claims);
    }

    private static Descriptor descriptor(
            OAuth2IdentityProviderConfig config,
            Optional<IdTokenRules> idToken,
            Optional<String> userInfoUrl,
            IdentityPointers places) {
        Descriptor descriptor = Descriptor.entered(
                config.getProviderId(),
                config.getDisplayName(),
                OAuth2Endpoints.standard(config.getAuthorizationUrl(), config.getTokenUrl(), config.getDefaultScope()),
                new Descriptor.Kinds(
                        idToken, accessToken(config, idToken.isPresent(), userInfoUrl), code(config), Optional.empty()),
                places,
                EmailTrust.CLAIM);
        return new ExchangeSettings(config.getConfig())
                .revocationUrl()
                .filter(url -> !config.isJWTAuthentication())
                .map(url -> descriptor.withdrawing(EnteredRevocation.call(url, auth(config))))
                .orElse(descriptor);
    }

    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).filter(StringUtil::isNotBlank);
    }

    /** Keycloak's dotted path as a JSON pointer. */
    private static Pointers claim(String path) {
        return StringUtil.isBlank(path) ? Pointers.NONE : Pointers.of("/" + path.replace('.', '/'));
    }

    private static Optional<IdTokenRules> idToken(OIDCIdentityProviderConfig config) {
        Set<String> issuers = issuers(config.getIssuer());
        Optional<String> url = given(config.getJwksUrl()).filter(given -> config.isUseJwksUrl());
        boolean pinned = !config.isUseJwksUrl() && StringUtil.isNotBlank(config.getPublicKeySignatureVerifier());
        return issuers.isEmpty() || url.isEmpty() && !pinned
                ? Optional.empty()
                : Optional.of(IdTokenRules.of(issuers, IdTokenRules.Signature.by(url, IdTokenRules.ASYMMETRIC)));
    }

    static Set<String> issuers(String commaSeparated) {
        return commaSeparated == null
                ? Set.of()
                : Stream.of(commaSeparated.split(","))
                        .map(String::strip)
                        .filter(issuer -> !issuer.isEmpty())
                        .collect(Collectors.toSet());
    }

    private static Optional<AccessTokenRules> accessToken(
            OAuth2IdentityProviderConfig config, boolean jwt, Optional<String> userInfoUrl) {
        boolean canAuthenticate = !config.isJWTAuthentication();
        Optional<Binding> binding = given(config.getTokenIntrospectionUrl())
                .filter(url -> canAuthenticate)
                .map(url -> introspection(url, auth(config)));
        AccessTokenRules rules = new AccessTokenRules(binding, jwt, userInfoUrl.map(CallTemplate::userInfo));
        return Optional.of(rules).filter(AccessTokenRules::isOfUse);
    }

    /** RFC 7662: a bad token is an inactive one; any error concerns our own credentials or the server. */
    static Binding introspection(String url, Auth auth) {
        CallTemplate call = CallTemplate.clientForm(
                url, Map.of("token", "{token}", "token_type_hint", "access_token"), auth, List.of());
        return new Binding.Introspected(call, INTROSPECTED_APP, INTROSPECTED);
    }

    /** Signing as our client is Keycloak's own code, out of an exchange's reach. */
    private static Optional<CodeRules> code(OAuth2IdentityProviderConfig config) {
        return given(config.getTokenUrl())
                .filter(url -> !config.isJWTAuthentication())
                .map(url -> CodeRules.standard(
                        auth(config), config.isPkceEnabled() ? CodeRules.Pkce.REQUIRED : CodeRules.Pkce.OPTIONAL));
    }

    private static Auth auth(OAuth2IdentityProviderConfig config) {
        return config.isBasicAuthentication()
                ? Auth.BASIC
                : config.isBasicAuthenticationUnencoded() ? Auth.BASIC_UNENCODED : Auth.POST;
    }
}
