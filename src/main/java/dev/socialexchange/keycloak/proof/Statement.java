package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.crypto.KeyWrapper;

/**
 * What a provider has signed that is no token of a person: who has signed it is verified, and nothing else. Whom it is for,
 * when it was said and what it means is for its reader to judge.
 *
 * @param type the header's {@code typ}, blank if there is none
 * @param signed what the signature is of
 */
public record Statement(String type, JsonNode claims, String signed) {
    /** RFC 7515 §4.1.11: what a critical extension means is not known here, and so nothing of the token is. */
    private static final String CRITICAL = "crit";

    /**
     * @param issuers exact spellings, before the provider's settings rewrite them
     * @param keys by which its signature is verified
     * @throws ExchangeException saying why it is not the provider's
     */
    public static Statement verified(
            Surroundings surroundings,
            ExchangeIdentityProvider provider,
            Set<String> issuers,
            IdTokenRules.Signature keys,
            String token) {
        ProofContext context = ProofContext.of(surroundings, provider);
        IdTokenRules rules = IdTokenRules.of(issuers, keys);
        SignedToken parsed = SignedToken.parse(token).orElseThrow(() -> SignedToken.invalid("not_a_jws"));
        JsonNode header = header(token);
        if (header.has(CRITICAL)) {
            throw SignedToken.invalid("critical_header");
        }
        IdTokenVerifier.requireIssuer(context, rules, parsed);
        new ProviderKeys(context, rules).verify(parsed);
        return new Statement(header.path("typ").asText(), parsed.claims(), parsed.signingInput());
    }

    private static JsonNode header(String token) {
        byte[] encoded = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return StrictJson.read(encoded).orElseThrow(() -> SignedToken.invalid("not_a_jws"));
    }

    /** {@code aud} as a list, whichever way it is spelled. */
    public List<String> audience() {
        return SignedToken.audience(claims);
    }

    /**
     * Whether a public key has made a signature by itself, without any token around it.
     *
     * @param key with its algorithm
     */
    public static boolean isSigned(Surroundings surroundings, Optional<KeyWrapper> key, byte[] data, byte[] signature) {
        return key.isPresent() && surroundings.signatures().verify(key.get(), data, signature);
    }

    /** A record would print the claims. */
    @Override
    public String toString() {
        return type;
    }
}
