package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import java.util.List;
import java.util.Map;

/**
 * Has the provider verify an id token whose signature is symmetric, so that a key that we share with it never decides here
 * (RFC 8725 §3.1), and tokens of our other client ids, whose secrets we do not hold, can be verified as well.
 */
final class ProviderVerification {
    private static final List<String> SAME = List.of("iss", "sub", "aud");

    private final ProofContext context;
    private final IdTokenRules rules;

    ProviderVerification(ProofContext context, IdTokenRules rules) {
        this.context = context;
        this.rules = rules;
    }

    static boolean applies(IdTokenRules rules, SignedToken token) {
        return rules.signature().verify().isPresent() && IdTokenRules.isSymmetric(token.algorithm());
    }

    /** @param token whose claims the caller has found to be in order and ours */
    void verify(SignedToken token, String encoded) {
        if (!rules.signature().algorithms().contains(token.algorithm())) {
            throw SignedToken.invalid("algorithm_not_allowed");
        }
        Map<String, String> audience = Map.of("audience", token.audience().get(0));
        CallTemplate verify = rules.signature().verify().orElseThrow();
        ProviderVerdict answer = ProviderVerdict.of(
                context, verify, context.calls().send(context.call(verify, encoded, audience), context.deadline()));
        JsonNode claims = answer.require();
        if (!SAME.stream()
                .allMatch(claim -> claims.path(claim).equals(token.claims().path(claim)))) {
            throw SignedToken.invalid("claims_differ");
        }
    }
}
