package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;

/** Verifies signatures with a provider's keys. */
final class ProviderKeys {
    private final ProofContext context;
    private final IdTokenRules rules;

    ProviderKeys(ProofContext context, IdTokenRules rules) {
        this.context = context;
        this.rules = rules;
    }

    /** The caller has settled the issuer: nothing in the token chooses where keys come from. */
    void verify(SignedToken token) {
        String algorithm = token.algorithm();
        context.look(Look.ALGORITHM, rules.signature()::algorithms, () -> algorithm);
        if (!rules.signature().algorithms().contains(algorithm)) {
            throw SignedToken.invalid("algorithm_not_allowed");
        }
        if (!hasLength(token)) {
            throw SignedToken.invalid("signature_invalid"); // whatever the key: none is loaded for it
        }
        context.look(
                Look.SIGNING_KEY,
                () -> rules.signature()
                        .jwksUrl()
                        .map(context.endpoints()::rewrite)
                        .orElse("pinned"),
                () -> token.jws().getHeader().getKeyId());
        KeyWrapper key = key(token)
                .filter(found -> isOfFamily(found, algorithm))
                .filter(found -> !rules.perTenant() || IssuerTemplate.admits(found.getProviderId(), token))
                .orElseThrow(() -> SignedToken.invalid("key_unknown"));
        context.look(Look.SIGNATURE);
        if (!isSignedBy(key, token)) {
            throw SignedToken.invalid("signature_invalid");
        }
    }

    private Optional<KeyWrapper> key(SignedToken token) {
        if (rules.signature().jwksUrl().isEmpty()) {
            return context.provider().pinnedKey(token.jws());
        }
        String kid = token.jws().getHeader().getKeyId();
        String algorithm = token.algorithm();
        // a token that names no key names whichever has signed it
        return new KeySets(
                        context,
                        context.endpoints().rewrite(rules.signature().jwksUrl().get()))
                .find(
                        kid,
                        algorithm,
                        key -> isOfFamily(key, algorithm) && isSignedBy(key, token),
                        token.time("iat").orElse(null));
    }

    /** @param key a copy of the cached one */
    private boolean isSignedBy(KeyWrapper key, SignedToken token) {
        if (key.getAlgorithm() == null) {
            key.setAlgorithm(token.algorithm());
        }
        return token.algorithm().equals(key.getAlgorithm())
                && context.surroundings()
                        .signatures()
                        .verify(
                                key,
                                token.signingInput().getBytes(StandardCharsets.UTF_8),
                                token.jws().getSignature());
    }

    /** RFC 7518 §3.4; Keycloak's verifier (26.7) ignores what follows. */
    private static boolean hasLength(SignedToken token) {
        byte[] signature = token.jws().getSignature();
        if (signature == null) {
            return false;
        }
        return switch (token.algorithm()) {
            case "ES256" -> signature.length == 64;
            case "ES384" -> signature.length == 96;
            case "ES512" -> signature.length == 132;
            default -> signature.length > 0;
        };
    }

    /** Keys are not mixed up between families, whatever a key set says of them. */
    static boolean isOfFamily(KeyWrapper key, String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> KeyType.RSA.equals(key.getType());
            case "ES" -> KeyType.EC.equals(key.getType());
            default -> KeyType.OKP.equals(key.getType());
        };
    }
}
