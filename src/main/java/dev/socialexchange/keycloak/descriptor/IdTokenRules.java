package dev.socialexchange.keycloak.descriptor;

import java.util.Optional;
import java.util.Set;

/**
 * How id tokens are verified.
 *
 * @param issuers exact spellings; a claim's name in braces stands for the token's own value
 * @param withoutNonce the provider does not echo a nonce, so a browser login does not send one
 * @param names where names stand in the unsigned JSON that the provider hands out at a person's first login only
 * @param claims what tells an id token from other tokens that the issuer signs with the same keys
 */
public record IdTokenRules(
        @Key(
                        value = "Exact spellings of iss. A claim's name in braces stands for the token's own value",
                        required = true)
                Set<String> issuers,
        @Unwrapped Signature signature,
        @Key("true if the provider does not echo a nonce") boolean withoutNonce,
        @Key("Where names stand in the unsigned JSON that the provider hands out at a person's first login only")
                Optional<Names> names,
        @Key(
                        value = "What tells people's tokens from others that the issuer signs with the same keys",
                        otherwise = "{}")
                ClaimRules claims) {

    /** JWS algorithms of which a public key verifies what only the issuer can sign. */
    public static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    public IdTokenRules {
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("an id token has issuers and algorithms");
        }
    }

    /** Verified by a public key, and all that is known of the person stands in it. */
    public static IdTokenRules of(Set<String> issuers, Signature signature) {
        return new IdTokenRules(issuers, signature, false, Optional.empty(), ClaimRules.NONE);
    }

    /** Whether a signature by this algorithm is verified with a secret. */
    public static boolean isSymmetric(String algorithm) {
        return algorithm.startsWith("HS");
    }

    /** Whether the keys are those of many issuers. */
    public boolean perTenant() {
        return issuers.stream().anyMatch(issuer -> issuer.contains("{"));
    }

    /**
     * What verifies the signature.
     *
     * @param jwksUrl empty if the identity provider pins a key itself
     * @param algorithms JWS algorithms; symmetric ones only together with {@code verify}
     * @param verify where the provider itself verifies tokens with a symmetric signature, and answers their claims
     */
    public record Signature(
            @Key("Where the keys are") Optional<String> jwksUrl,
            @Key(value = "Asymmetric JWS algorithms, for example RS256", required = true) Set<String> algorithms,
            @Key("Of shipped types only: the call by which the provider verifies tokens with a symmetric signature")
                    Optional<CallTemplate> verify) {

        public Signature {
            if (algorithms.isEmpty()) {
                throw new IllegalArgumentException("an id token has issuers and algorithms");
            }
            if (verify.isEmpty() && algorithms.stream().anyMatch(IdTokenRules::isSymmetric)) {
                throw new IllegalArgumentException("only the provider verifies a symmetric signature");
            }
        }

        /** By public keys. */
        public static Signature by(Optional<String> jwksUrl, Set<String> algorithms) {
            return new Signature(jwksUrl, algorithms, Optional.empty());
        }
    }

    public record Names(
            @Key("Where the given name stands") Pointers givenName,
            @Key("Where the family name stands") Pointers familyName) {}
}
