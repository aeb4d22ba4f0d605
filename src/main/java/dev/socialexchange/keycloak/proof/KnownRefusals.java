package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a provider has just refused is refused again without a call. Outages are not remembered, nor what was found good, nor
 * what was refused without asking the provider about the token.
 */
final class KnownRefusals {
    /** What a provider's answer says of the token itself, and says to the same token again. */
    private static final Set<ExchangeError> BY_PROVIDER = Set.of(
            ExchangeError.TOKEN_INVALID,
            ExchangeError.TOKEN_EXPIRED,
            ExchangeError.TOKEN_FOR_ANOTHER_APP,
            ExchangeError.TOKEN_FOR_ANOTHER_AUDIENCE,
            ExchangeError.TOKEN_KIND_MISMATCH);

    private final ProviderCalls calls;
    private final List<String> question;

    private KnownRefusals(ProviderCalls calls, List<String> question) {
        this.calls = calls;
        this.question = question;
    }

    static KnownRefusals of(ProofContext context, Submission submission) {
        return new KnownRefusals(context.calls(), question(context, submission));
    }

    /** All that an answer depends on: whoever changes the provider's settings is not told what was so before. */
    private static List<String> question(ProofContext context, Submission submission) {
        List<String> parts = new ArrayList<>();
        parts.add(context.surroundings().realm());
        parts.add(context.surroundings().client());
        parts.add(context.provider().getConfig().getInternalId());
        parts.add(submission.kind().id());
        parts.add(submission.token());
        parts.add(submission.nonce());
        parts.add(submission.redirectUri());
        parts.add(submission.codeVerifier());
        parts.add(submission.accessToken());
        parts.add(submission.code());
        parts.add(submission.user());
        add(parts, submission.further());
        add(parts, context.provider().getConfig().getConfig());
        return parts;
    }

    private static void add(List<String> parts, Map<String, String> values) {
        parts.add(String.valueOf(values.size()));
        new TreeMap<>(values).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
    }

    Proof orElse(Supplier<Proof> proving) {
        calls.refusedJustNow(question).ifPresent(known -> {
            throw known;
        });
        try {
            Proof proof = proving.get();
            calls.accepted();
            return proof;
        } catch (ExchangeException refusal) {
            if (BY_PROVIDER.contains(refusal.error())) {
                calls.refused(question, refusal);
            }
            throw refusal;
        }
    }
}
