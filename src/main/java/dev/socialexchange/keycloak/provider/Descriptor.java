package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All that the engine knows of a provider: read from {@code social-providers/*.yaml}, or put together from the settings of
 * an identity provider whose endpoints its admin enters.
 *
 * @param settings keys of further settings on the identity provider's page, usable as placeholders
 * @param idToken {@code null} if the provider issues none
 * @param accessToken {@code null} if access tokens cannot be used to learn who somebody is
 * @param authorizationCode {@code null} if codes are not exchanged
 * @param signedData {@code null} if the provider signs no data with a secret that it shares with us
 * @param temporary this provider's own ways of saying "later"
 * @param baseUrl for providers that everybody may run: stands for the setting {@link #BASE_URL} in all URLs
 */
public record Descriptor(
        String id,
        String name,
        List<String> settings,
        OAuth2 oauth2,
        IdToken idToken,
        AccessToken accessToken,
        Code authorizationCode,
        Identity identity,
        EmailTrust emailTrust,
        Set<String> authoritativeDomains,
        List<Temporary> temporary,
        SignedData signedData,
        String baseUrl) {
    /** The setting that says where this installation of the provider is; required where it applies. */
    static final String BASE_URL = "baseUrl";

    public Descriptor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(identity, "identity");
        name = Objects.requireNonNullElse(name, id);
        settings = Objects.requireNonNullElse(settings, List.of());
        emailTrust = Objects.requireNonNullElse(emailTrust, EmailTrust.NEVER);
        authoritativeDomains = Objects.requireNonNullElse(authoritativeDomains, Set.of());
        temporary = Objects.requireNonNullElse(temporary, List.of());
    }

    /** Without signed data, and with one installation for everybody. */
    Descriptor(
            String id,
            String name,
            List<String> settings,
            OAuth2 oauth2,
            IdToken idToken,
            AccessToken accessToken,
            Code authorizationCode,
            Identity identity,
            EmailTrust emailTrust,
            Set<String> authoritativeDomains,
            List<Temporary> temporary) {
        this(
                id,
                name,
                settings,
                oauth2,
                idToken,
                accessToken,
                authorizationCode,
                identity,
                emailTrust,
                authoritativeDomains,
                temporary,
                null,
                null);
    }

    /** Kinds whose binding to our app this provider lets us prove. */
    public Set<TokenKind> provable() {
        Set<TokenKind> kinds = EnumSet.noneOf(TokenKind.class);
        if (idToken != null) {
            kinds.add(TokenKind.ID_TOKEN);
        }
        if (accessToken != null && accessToken.bindable()) {
            kinds.add(TokenKind.ACCESS_TOKEN);
        }
        if (authorizationCode != null) {
            kinds.add(TokenKind.AUTHORIZATION_CODE);
        }
        if (signedData != null) {
            kinds.add(TokenKind.SIGNED_DATA);
        }
        return kinds;
    }

    /** Whether the profile opens with an access token alone, and not only with what came along with it. */
    public boolean opensWithAccessTokenAlone() {
        return accessToken != null
                && accessToken.profile() != null
                && (authorizationCode == null || authorizationCode.carried().isEmpty());
    }

    /**
     * Where browsers sign in, and codes become tokens.
     *
     * @param parameters this provider's own names for {@code client_id} and {@code client_secret}
     * @param tokenByGet the token endpoint wants its parameters in the query of a {@code GET}
     * @param refreshUrl {@code null} for the token endpoint
     */
    public record OAuth2(
            String authorizationUrl,
            String tokenUrl,
            String scope,
            Map<String, String> parameters,
            boolean tokenByGet,
            String refreshUrl) {

        public OAuth2 {
            parameters = Objects.requireNonNullElse(parameters, Map.of());
            if (!Set.of("client_id", "client_secret").containsAll(parameters.keySet())) {
                throw new IllegalArgumentException("only client_id and client_secret have other names");
            }
        }

        /** With the names and the method of RFC 6749. */
        OAuth2(String authorizationUrl, String tokenUrl, String scope) {
            this(authorizationUrl, tokenUrl, scope, null, false, null);
        }

        /** What this provider calls a parameter of RFC 6749. */
        public String parameter(String standard) {
            return parameters.getOrDefault(standard, standard);
        }
    }

    /**
     * @param issuers exact spellings
     * @param jwksUrl {@code null} if the identity provider pins a key itself
     * @param algorithms JWS algorithms, asymmetric ones only
     * @param withoutNonce the provider does not echo a nonce, so a browser login does not send one
     */
    public record IdToken(Set<String> issuers, String jwksUrl, Set<String> algorithms, boolean withoutNonce) {

        public IdToken {
            issuers = Set.copyOf(issuers);
            algorithms = Set.copyOf(algorithms);
            if (issuers.isEmpty() || algorithms.isEmpty()) {
                throw new IllegalArgumentException("an id token has issuers and algorithms");
            }
        }
    }

    /**
     * @param binding asks the provider which app the token is for; {@code null} if it cannot tell
     * @param jwt access tokens are JWTs that the id token's issuer, keys and algorithms verify
     * @param profile {@code null} if the binding's answer, or the JWT, is all there is
     * @param further documents beside the profile, by name
     */
    public record AccessToken(Binding binding, boolean jwt, CallTemplate profile, Map<String, CallTemplate> further) {

        public AccessToken {
            further = Objects.requireNonNullElse(further, Map.of());
        }

        boolean bindable() {
            return binding != null || jwt;
        }
    }

    /**
     * @param introspection the answer follows RFC 7662: it must be active and an access token's
     * @param clientId the first must name one of our client ids; the others too, where they are present
     * @param clientIdSetting the setting that holds our app's name in this answer, if it is not the client id
     * @param ownClientOnly the check works for the app whose secret we hold only, not for further client ids
     * @param foreign values by which the provider says that the token is another app's
     * @param require exact values that the answer must have
     * @param subject any of them, if present, must be the profile's
     * @param expiresAt seconds since the epoch, 0 for never
     * @param expiresIn seconds left
     */
    public record Binding(
            CallTemplate call,
            boolean introspection,
            Pointers clientId,
            String clientIdSetting,
            boolean ownClientOnly,
            Map<String, String> foreign,
            Map<String, String> require,
            Pointers subject,
            Pointers expiresAt,
            Pointers expiresIn) {

        public Binding {
            Objects.requireNonNull(call, "call");
            if (clientId == null || clientId.all().isEmpty()) {
                throw new IllegalArgumentException("a binding names the client id's place");
            }
            foreign = Objects.requireNonNullElse(foreign, Map.of());
            foreign.keySet().forEach(JsonPointer::compile);
            require = Objects.requireNonNullElse(require, Map.of());
            require.keySet().forEach(JsonPointer::compile);
            subject = Objects.requireNonNullElse(subject, Pointers.NONE);
            expiresAt = Objects.requireNonNullElse(expiresAt, Pointers.NONE);
            expiresIn = Objects.requireNonNullElse(expiresIn, Pointers.NONE);
        }
    }

    /**
     * @param auth how the token endpoint knows us
     * @param verifierFree redirect URIs for which the provider's own SDKs obtain codes without PKCE
     * @param refused values by which the provider says that the code is bad, where it does not say it as RFC 6749 does
     * @param parameters what else came with the code and is needed to redeem it, by the names of the redirect's query
     * @param carried values of the token endpoint's answer that the profile's call needs, by placeholder
     */
    public record Code(
            CallTemplate.Auth auth,
            Pkce pkce,
            Set<String> verifierFree,
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) Map<String, Set<String>> refused,
            List<String> parameters,
            Map<String, Pointers> carried) {

        public Code {
            auth = Objects.requireNonNullElse(auth, CallTemplate.Auth.POST);
            pkce = Objects.requireNonNullElse(pkce, Pkce.REQUIRED);
            verifierFree = Objects.requireNonNullElse(verifierFree, Set.of());
            refused = Objects.requireNonNullElse(refused, Map.of());
            refused.keySet().forEach(JsonPointer::compile);
            parameters = Objects.requireNonNullElse(parameters, List.of());
            carried = Objects.requireNonNullElse(carried, Map.of());
        }

        /** As RFC 6749 has it: a code is all there is. */
        Code(CallTemplate.Auth auth, Pkce pkce, Set<String> verifierFree, Map<String, Set<String>> refused) {
            this(auth, pkce, verifierFree, refused, null, null);
        }
    }

    /**
     * Data about a person that the provider hands to the front end, authenticated by a secret that only the provider and we
     * know.
     *
     * @param secretSetting a setting that holds a vault reference to that secret; without one it is the client secret
     */
    public record SignedData(Format format, String secretSetting) {

        public SignedData {
            Objects.requireNonNull(format, "the format of signed data");
            Objects.requireNonNull(secretSetting, "the setting of the secret");
        }

        public enum Format {
            /** Data of the Login Widget, and {@code initData} of Mini Apps. */
            @JsonProperty("telegram")
            TELEGRAM
        }
    }

    public enum Pkce {
        /** The provider supports it: a code without verifier is refused. */
        @JsonProperty("required")
        REQUIRED,
        /** Whether this app uses it is not known: a verifier is passed on. */
        @JsonProperty("optional")
        OPTIONAL
    }

    /**
     * Where an identity stands in the profile, or in the id token's claims.
     *
     * @param idPrefix where an id is unique only together with something else
     * @param emailConfirmed for providers without a flag: something that is there only if the address is verified
     * @param emails for providers that list the addresses in a document of their own
     * @param hostedDomain the organisation that the account belongs to at the provider
     * @param idText stands in front of the id as it is, where Keycloak's own type of this provider has put it there
     */
    public record Identity(
            Pointers idPrefix,
            Pointers id,
            Pointers username,
            Pointers email,
            Pointers emailVerified,
            Pointers emailConfirmed,
            Pointers name,
            Pointers givenName,
            Pointers familyName,
            Pointers hostedDomain,
            EmailList emails,
            String idText) {

        public Identity {
            idPrefix = Objects.requireNonNullElse(idPrefix, Pointers.NONE);
            Objects.requireNonNull(id, "identity id");
            username = Objects.requireNonNullElse(username, Pointers.NONE);
            email = Objects.requireNonNullElse(email, Pointers.NONE);
            emailVerified = Objects.requireNonNullElse(emailVerified, Pointers.NONE);
            emailConfirmed = Objects.requireNonNullElse(emailConfirmed, Pointers.NONE);
            name = Objects.requireNonNullElse(name, Pointers.NONE);
            givenName = Objects.requireNonNullElse(givenName, Pointers.NONE);
            familyName = Objects.requireNonNullElse(familyName, Pointers.NONE);
            hostedDomain = Objects.requireNonNullElse(hostedDomain, Pointers.NONE);
            idText = Objects.requireNonNullElse(idText, "");
        }

        /** With ids as the provider has them. */
        Identity(
                Pointers idPrefix,
                Pointers id,
                Pointers username,
                Pointers email,
                Pointers emailVerified,
                Pointers emailConfirmed,
                Pointers name,
                Pointers givenName,
                Pointers familyName,
                Pointers hostedDomain,
                EmailList emails) {
            this(
                    idPrefix,
                    id,
                    username,
                    email,
                    emailVerified,
                    emailConfirmed,
                    name,
                    givenName,
                    familyName,
                    hostedDomain,
                    emails,
                    null);
        }

        /** The person's immutable id at the provider; empty if any part of it is missing. */
        public Optional<String> subject(JsonNode document) {
            return idPrefix.all().isEmpty()
                    ? id.text(document).map(own -> idText + own)
                    : idPrefix.text(document)
                            .flatMap(prefix -> id.text(document).map(own -> prefix + '_' + own));
        }
    }

    /** A further document that is a list of addresses, each with its own flags. */
    public record EmailList(String document, Pointers address, Pointers primary, Pointers verified) {}
}
