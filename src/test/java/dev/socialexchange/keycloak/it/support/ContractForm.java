package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.ExchangeError;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the contract promises for the form of every refusal, whatever was asked (docs/exchange.md, "Errors"). */
public final class ContractForm {
    private static final Pattern INTERNALS =
            Pattern.compile("Exception|\\bat [a-z]+\\.[a-z]+\\.|org\\.keycloak|dev\\.socialexchange");

    private ContractForm() {}

    /**
     * What is wrong with a refusal of ours; empty if nothing is.
     *
     * @param origin that the request named, and whose scripts may read the answer
     */
    public static Optional<String> mistake(Answer answer, String origin) {
        return Arrays.stream(ExchangeError.values())
                .filter(known -> known.reason().equals(answer.errorReason()))
                .findFirst()
                .map(error -> Optional.ofNullable(mistake(answer, origin, error)))
                .orElse(Optional.of("an unknown error_reason"));
    }

    private static String mistake(Answer answer, String origin, ExchangeError error) {
        if (error.status() != answer.status() || !error.error().equals(answer.error())) {
            return "a status or error that is not the reason's";
        }
        if (error.isTemporary() != answer.header("Retry-After").isPresent()) {
            return "Retry-After where nothing passes, or the reverse";
        }
        if (answer.text("error_description").isBlank()) {
            return "no description";
        }
        if (answer.header("Cache-Control").filter("no-store"::equals).isEmpty()) {
            return "may be cached";
        }
        boolean readable = answer.header("Access-Control-Allow-Origin")
                .filter(origin::equals)
                .isPresent();
        return readable ? null : "no script may read it";
    }

    /** Names of classes, or a stack trace, in whatever answer. */
    public static boolean showsItsInsides(Answer answer) {
        return INTERNALS.matcher(answer.body()).find();
    }
}
