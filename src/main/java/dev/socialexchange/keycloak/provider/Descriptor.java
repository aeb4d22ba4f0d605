package dev.socialexchange.keycloak.provider;

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
        String id,
        String name,
        List<String> settings,
        OAuth2 oauth2,
        IdToken idToken,
        AccessToken accessToken,
        CodeRules authorizationCode,
        IdentityPointers identity,
        EmailTrust emailTrust,
        Set<String> authoritativeDomains,
        List<Temporary> temporary,
        SignedData signedData,
        String baseUrl,
        CallTemplate revocation,
        boolean pairwise) {
    /** The setting that says where this installation of the provider is; required where it applies. */
    static final String BASE_URL = "baseUrl";

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
    boolean givesAddresses() {
        return identity.emails() != null
                || Stream.of(identity, identity.inIdToken())
                        .anyMatch(places -> !places.email().all().isEmpty());
    }

    /** Whether people may have a name here, which that user profile wants as well. */
    boolean givesNames() {
        return Stream.of(identity, identity.inIdToken())
                .flatMap(places -> Stream.of(places.name(), places.givenName(), places.familyName()))
                .anyMatch(places -> !places.all().isEmpty());
    }

    /** Whether an access token may have been issued to any app: nothing proves another one, and the admin accepts that. */
    boolean takesTokensOfAnyApp(ExchangeSettings settings) {
        return settings.unbound() && accessToken != null && !accessToken.bindable();
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
            String authorizationUrl,
            String tokenUrl,
            String scope,
            Map<String, String> parameters,
            Encoding tokenBy,
            String refreshUrl,
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
        OAuth2(String authorizationUrl, String tokenUrl, String scope) {
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
            Set<String> issuers,
            String jwksUrl,
            Set<String> algorithms,
            boolean withoutNonce,
            CallTemplate verify,
            Names names,
            ClaimRules claims) {

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
        IdToken(Set<String> issuers, String jwksUrl, Set<String> algorithms, boolean withoutNonce) {
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

    public record Names(Pointers givenName, Pointers familyName) {}

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
}
