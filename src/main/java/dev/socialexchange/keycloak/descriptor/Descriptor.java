package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * @param revocation takes an access token back; {@code null} if the provider has nothing for it
 * @param baseUrl for providers that everybody may run: stands for the setting {@link #BASE_URL} in all URLs
 * @param pairwise every app knows a person by another id, so that no other app's token opens an account of ours
 */
public record Descriptor(
        @Key(
                        value =
                                "The file's name without .yaml: a–z, 0–9 and -. Not the id of a provider type that the server has",
                        required = true)
                String id,
        @Key("For people; the id if there is none") String name,
        @Key("Of shipped types only: keys of further settings on the provider's page, usable as placeholders")
                List<String> settings,
        @Key("Where browsers sign in, and codes become tokens") OAuth2 oauth2,
        @Key("How id_tokens are verified. Without it there are none") IdToken idToken,
        @Key("What an access token tells, and what proves that it is our app's. Without it access tokens are not taken")
                AccessToken accessToken,
        @Key("How codes are redeemed. Without it codes are not taken") CodeRules authorizationCode,
        @Key(value = "Where who somebody is stands in the profile", required = true) IdentityPointers identity,
        @Key(
                        "Whose word that an address is verified counts: never (which is the default), the provider's flag, or that flag at domains of the provider's own")
                EmailTrust emailTrust,
        @Key("Domains whose mailboxes the provider runs itself, for emailTrust: authoritative-domains")
                Set<String> authoritativeDomains,
        @Key("This provider's own ways of saying \"later\", beside 429 and 5xx") List<Temporary> temporary,
        @Key("Of shipped types only: data that the provider signs with a secret which it shares with us")
                SignedData signedData,
        @Key("Of shipped types only, for providers that everybody may run: stands for the setting baseUrl in all URLs")
                String baseUrl,
        @Key("The call by which the provider takes an access token back, for revokeAtLogout") CallTemplate revocation,
        @Key(
                        "true if every app knows a person by another id, so that another app's token opens nobody's account here. While exchangeUnbound is on, no address of such a provider counts as verified")
                boolean pairwise) {
    /** The setting that says where this installation of the provider is; required where it applies. */
    public static final String BASE_URL = "baseUrl";

    public Descriptor {
        Objects.requireNonNull(id, "id is missing");
        Objects.requireNonNull(identity, "identity is missing");
        name = Objects.requireNonNullElse(name, id);
        settings = Objects.requireNonNullElse(settings, List.of());
        emailTrust = Objects.requireNonNullElse(emailTrust, EmailTrust.NEVER);
        authoritativeDomains = Objects.requireNonNullElse(authoritativeDomains, Set.of());
        temporary = Objects.requireNonNullElse(temporary, List.of());
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

    /** Whether people may have an address here. Without one, a realm with Keycloak's default user profile creates nobody. */
    public boolean givesAddresses() {
        return identity.emails() != null
                || Stream.of(identity, identity.inIdToken())
                        .anyMatch(places -> !places.email().all().isEmpty());
    }

    /** Whether people may have a name here, which that user profile wants as well. */
    public boolean givesNames() {
        return Stream.of(identity, identity.inIdToken())
                .flatMap(places -> Stream.of(places.name(), places.givenName(), places.familyName()))
                .anyMatch(places -> !places.all().isEmpty());
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
     * @param tokenBy where the token endpoint reads its parameters
     * @param refreshUrl {@code null} for the token endpoint
     * @param tokens where the token endpoint's answer has what, by the name of RFC 6749, if it is not there
     */
    public record OAuth2(
            @Key("Where browsers are sent to sign in") String authorizationUrl,
            @Key("Where codes become tokens") String tokenUrl,
            @Key("What browser logins ask for unless the console's Scopes says otherwise") String scope,
            @Key("The provider's own names of client_id and client_secret") Map<String, String> parameters,
            @Key("Where the token endpoint reads its parameters: form (which is the default), json or query")
                    Encoding tokenBy,
            @Key("Where tokens are refreshed, if not at tokenUrl") String refreshUrl,
            @Key(
                            "Where the token endpoint's answer has access_token, refresh_token, expires_in and id_token, if not at these names")
                    Map<String, Pointers> tokens) {
        private static final Set<String> TOKENS = Set.of("access_token", "refresh_token", "expires_in", "id_token");

        public OAuth2 {
            parameters = Objects.requireNonNullElse(parameters, Map.of());
            tokenBy = Objects.requireNonNullElse(tokenBy, Encoding.FORM);
            if (!Set.of("client_id", "client_secret").containsAll(parameters.keySet())) {
                throw new IllegalArgumentException("only client_id and client_secret have other names");
            }
            tokens = Objects.requireNonNullElse(tokens, Map.of());
            if (!TOKENS.containsAll(tokens.keySet())) {
                throw new IllegalArgumentException("tokens says where there are "
                        + TOKENS.stream().sorted().collect(Collectors.joining(", ")));
            }
        }

        /** With the names and the method of RFC 6749. */
        public OAuth2(String authorizationUrl, String tokenUrl, String scope) {
            this(authorizationUrl, tokenUrl, scope, null, null, null, null);
        }

        /** A token endpoint's answer with everything where RFC 6749 has it; what stands there already stays. */
        public JsonNode standard(JsonNode answer) {
            if (tokens.isEmpty() || !answer.isObject()) {
                return answer;
            }
            ObjectNode standard = answer.deepCopy();
            tokens.forEach((name, places) -> places.node(answer)
                    .filter(value -> !standard.hasNonNull(name))
                    .ifPresent(value -> standard.set(name, value)));
            return standard;
        }

        /** What this provider calls a parameter of RFC 6749. */
        public String parameter(String standard) {
            return parameters.getOrDefault(standard, standard);
        }

        public enum Encoding {
            /** As RFC 6749 has it. */
            @JsonProperty("form")
            FORM,
            @JsonProperty("json")
            JSON,
            /** Of a {@code GET}. */
            @JsonProperty("query")
            QUERY
        }
    }

    /**
     * @param issuers exact spellings; a claim's name in braces stands for the token's own value
     * @param jwksUrl {@code null} if the identity provider pins a key itself
     * @param algorithms JWS algorithms; symmetric ones only together with {@code verify}
     * @param withoutNonce the provider does not echo a nonce, so a browser login does not send one
     * @param verify where the provider itself verifies tokens with a symmetric signature, and answers their claims
     * @param names where names stand in the unsigned JSON that the provider hands out at a person's first login only
     * @param claims what tells an id token from other tokens that the issuer signs with the same keys
     */
    public record IdToken(
            @Key(
                            value = "Exact spellings of iss. A claim's name in braces stands for the token's own value",
                            required = true)
                    Set<String> issuers,
            @Key("Where the keys are") String jwksUrl,
            @Key(value = "Asymmetric JWS algorithms, for example RS256", required = true) Set<String> algorithms,
            @Key("true if the provider does not echo a nonce") boolean withoutNonce,
            @Key("Of shipped types only: the call by which the provider verifies tokens with a symmetric signature")
                    CallTemplate verify,
            @Key("Where names stand in the unsigned JSON that the provider hands out at a person's first login only")
                    Names names,
            @Key("What tells people's tokens from others that the issuer signs with the same keys") ClaimRules claims) {

        /** JWS algorithms of which a public key verifies what only the issuer can sign. */
        public static final Set<String> ASYMMETRIC =
                Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

        public IdToken {
            issuers = Set.copyOf(Objects.requireNonNull(issuers, "issuers is missing"));
            algorithms = Set.copyOf(Objects.requireNonNull(algorithms, "algorithms is missing"));
            claims = Objects.requireNonNullElse(claims, ClaimRules.NONE);
            if (issuers.isEmpty() || algorithms.isEmpty()) {
                throw new IllegalArgumentException("an id token has issuers and algorithms");
            }
            if (verify == null && algorithms.stream().anyMatch(IdToken::isSymmetric)) {
                throw new IllegalArgumentException("only the provider verifies a symmetric signature");
            }
        }

        /** Verified by a public key, and all that is known of the person stands in it. */
        public IdToken(Set<String> issuers, String jwksUrl, Set<String> algorithms, boolean withoutNonce) {
            this(issuers, jwksUrl, algorithms, withoutNonce, null, null, null);
        }

        /** Whether a signature by this algorithm is verified with a secret. */
        public static boolean isSymmetric(String algorithm) {
            return algorithm.startsWith("HS");
        }

        /** Whether the keys are those of many issuers. */
        public boolean perTenant() {
            return issuers.stream().anyMatch(issuer -> issuer.contains("{"));
        }
    }

    public record Names(
            @Key("Where the given name stands") Pointers givenName,
            @Key("Where the family name stands") Pointers familyName) {}

    /**
     * @param binding asks the provider which app the token is for; {@code null} if it cannot tell
     * @param jwt access tokens are JWTs that the id token's issuer, keys and algorithms verify
     * @param profile {@code null} if the binding's answer, or the JWT, is all there is
     * @param further documents beside the profile, by name
     */
    public record AccessToken(
            @Key(
                            "What proves that a token was issued to our app. Without it, or jwt, access tokens are refused unless exchangeUnbound")
                    Binding binding,
            @Key("true if access tokens are JWTs, verified with the keys of idToken") boolean jwt,
            @Key("The call that opens the profile") CallTemplate profile,
            @Key("Calls for more documents, by name") Map<String, CallTemplate> further) {

        public AccessToken {
            further = Objects.requireNonNullElse(further, Map.of());
        }

        public boolean bindable() {
            return binding != null || jwt;
        }
    }

    /**
     * Data about a person that the provider hands to the front end, authenticated by a secret that only the provider and we
     * know.
     *
     * @param secretSetting a setting that holds a vault reference to that secret; without one it is the client secret
     */
    public record SignedData(
            @Key(value = "How it is signed", required = true) Format format,
            @Key(value = "The setting that holds a vault reference to the secret", required = true)
                    String secretSetting) {

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
}
