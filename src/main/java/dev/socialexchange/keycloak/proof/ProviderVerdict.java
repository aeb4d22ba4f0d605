package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.TemporarySign;
import dev.socialexchange.keycloak.net.Outcome;
import java.util.Map;
import java.util.Set;

/**
 * What a provider's answer means for the token: it opened a document, it was refused, or nothing can be said now. An outage
 * is never taken for a bad token, nor the reverse.
 *
 * @param status of the answer, 0 if there was none
 * @param body JSON, missing if there was none
 * @param unavailable what an exchange is told where nothing can be said; {@code null} if no call was needed
 */
record ProviderVerdict(Verdict verdict, int status, JsonNode body, ExchangeException unavailable) {
    private static final int MAX_RETRY_AFTER_SECONDS = 3600;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final Pointers ERROR = Pointers.of("/error/code", "/error");
    /** RFC 6750 §3.1, and others' words for it: said of the token, whatever status comes with them. */
    private static final Set<String> DEAD_TOKEN = Set.of(
            "invalid_token",
            "expired_token",
            "token_expired",
            "revoked_token",
            "token_revoked",
            "inactive_token",
            "token_inactive");

    enum Verdict {
        OPENED,
        REFUSED,
        UNAVAILABLE
    }

    static ProviderVerdict of(ProofContext context, CallTemplate template, Outcome outcome) {
        if (outcome instanceof Outcome.Answer answer) {
            return of(context, template, answer);
        }
        ExchangeException outage = ((Outcome.Failure) outcome).cause().refusal();
        return new ProviderVerdict(Verdict.UNAVAILABLE, 0, MissingNode.getInstance(), outage);
    }

    /** A document that no call was needed for. */
    static ProviderVerdict opened(JsonNode document) {
        return new ProviderVerdict(Verdict.OPENED, OK, document, null);
    }

    /** Of an answer that no verdict about a token can be read from. */
    static ExchangeException unavailable(Outcome.Answer answer) {
        return ExchangeException.unavailable("provider_status_" + answer.status(), retryAfter(answer.headers()));
    }

    private static ProviderVerdict of(ProofContext context, CallTemplate template, Outcome.Answer answer) {
        JsonNode body = SignedAnswer.is(answer)
                ? SignedAnswer.claims(context, answer)
                : answer.json().orElse(MissingNode.getInstance());
        Verdict verdict = verdict(context, template, answer, body);
        return new ProviderVerdict(
                verdict,
                answer.status(),
                body,
                ExchangeException.unavailable("provider_status_" + answer.status(), retryAfter(answer.headers())));
    }

    private static Verdict verdict(ProofContext context, CallTemplate template, Outcome.Answer answer, JsonNode body) {
        boolean opened = answer.status() == OK;
        boolean temporary = TemporarySign.is(context.descriptor().temporary(), answer.status(), answer.headers(), body);
        if (!temporary && ERROR.texts(body).anyMatch(DEAD_TOKEN::contains)) {
            return Verdict.REFUSED;
        }
        if (opened && !body.isContainerNode()) {
            return Verdict.UNAVAILABLE;
        }
        if (opened && template.accepts(body)) {
            return Verdict.OPENED;
        }
        if (temporary) {
            return Verdict.UNAVAILABLE;
        }
        return opened || template.refused().contains(answer.status()) ? Verdict.REFUSED : Verdict.UNAVAILABLE;
    }

    private static int retryAfter(Map<String, String> headers) {
        String value = headers.getOrDefault("retry-after", "");
        return value.matches("\\d{1,9}")
                ? Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Integer.parseInt(value)))
                : ExchangeException.RETRY_AFTER_SECONDS;
    }

    boolean opened() {
        return verdict == Verdict.OPENED;
    }

    boolean refused() {
        return verdict == Verdict.REFUSED;
    }

    /** Refused for what the token may do, and not for what it is. */
    boolean forbidden() {
        return refused() && status == FORBIDDEN;
    }

    /** The document, unless there is none. */
    JsonNode require() {
        return switch (verdict) {
            case OPENED -> body;
            case REFUSED -> throw SignedToken.invalid("refused_by_provider");
            case UNAVAILABLE -> throw unavailable;
        };
    }
}
