package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.descriptor.Binding;
import java.util.Optional;

/** Asks an issuer about a token (RFC 7662) where it is not enough, or not possible, to look at the token itself. */
final class Introspection {
    private final ProofContext context;
    private final Binding rules;

    Introspection(ProofContext context) {
        this.context = context;
        this.rules = of(context).orElseThrow();
    }

    static boolean isConfigured(ProofContext context) {
        return of(context).isPresent();
    }

    private static Optional<Binding> of(ProofContext context) {
        return Optional.ofNullable(context.descriptor().accessToken().binding()).filter(Binding::introspection);
    }

    /** Refuses a token that the issuer does not call good now. */
    void requireActive(String token) {
        Reading answer = Reading.of(
                context, rules.call(), context.calls().send(context.call(rules.call(), token), context.deadline()));
        new BindingCheck(context, rules).requireActive(answer.require());
    }
}
