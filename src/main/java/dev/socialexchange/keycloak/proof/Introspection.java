package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import java.util.Optional;

/** Asks an issuer about a token (RFC 7662) where it is not enough, or not possible, to look at the token itself. */
final class Introspection {
    private final ProofContext context;
    private final Binding.Introspected rules;

    Introspection(ProofContext context) {
        this.context = context;
        this.rules = of(context).orElseThrow();
    }

    static boolean isConfigured(ProofContext context) {
        return of(context).isPresent();
    }

    private static Optional<Binding.Introspected> of(ProofContext context) {
        return context.descriptor()
                .accessToken()
                .flatMap(AccessTokenRules::binding)
                .filter(Binding.Introspected.class::isInstance)
                .map(Binding.Introspected.class::cast);
    }

    /** Refuses a token that the issuer does not call good now. */
    void requireActive(String token) {
        ProviderVerdict answer = ProviderVerdict.of(
                context, rules.call(), context.calls().send(context.call(rules.call(), token), context.deadline()));
        new BindingCheck(context, rules).requireActive(answer.require());
    }
}
