package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a provider to take back all that a person has allowed our app, with the tokens that were stored for it, by its descriptor's
 * {@code withdrawal} and {@code revocation} (RFC 7009).
 */
public final class TokenWithdrawal {
    /** What is worth another try: the provider is down, or too busy. */
    private static final Set<Integer> LATER = Set.of(408, 429);

    private static final int SERVER_ERROR = 500;

    private final ProofContext context;

    /** @throws ExchangeException if the provider is not configured for it */
    public TokenWithdrawal(Surroundings surroundings, ExchangeIdentityProvider provider) {
        this.context = ProofContext.of(surroundings, provider);
    }

    /** What has come of it. */
    public enum Result {
        /** The provider has said that the token is good for nothing any more. */
        DONE,
        /** It has said no, and would say it again: it does not know the token any more, or not our app. */
        REFUSED,
        /** No answer, or one that may be another later. */
        LATER,
        /** It takes none of what is stored. */
        NOTHING_TO_SEND
    }

    /**
     * @param tokens as they were stored with the link
     * @param accountId the person's id at the provider
     */
    public Result withdraw(StoredTokens tokens, String accountId) {
        Optional<CallTemplate> call = context.descriptor().withdraws();
        Optional<String> name = context.descriptor().withdrawnBy().stream()
                .filter(one -> tokens.token(one).isPresent())
                .findFirst();
        if (call.isEmpty() || name.isEmpty()) {
            return Result.NOTHING_TO_SEND;
        }
        ProofContext client = tokens.issuedTo().map(context::as).orElse(context);
        String token = tokens.token(name.get()).orElseThrow();
        Map<String, String> further = Map.of("token_type_hint", name.get(), "id", accountId);
        Outcome outcome = context.calls().send(client.call(call.get(), token, further), context.deadline());
        return result(call.get(), outcome);
    }

    private static Result result(CallTemplate call, Outcome outcome) {
        if (!(outcome instanceof Outcome.Answer answer)) {
            return Result.LATER;
        }
        if (answer.status() >= SERVER_ERROR || LATER.contains(answer.status())) {
            return Result.LATER;
        }
        boolean done = answer.status() / 100 == 2 && call.accepts(answer.json().orElseGet(MissingNode::getInstance));
        return done ? Result.DONE : Result.REFUSED;
    }
}
