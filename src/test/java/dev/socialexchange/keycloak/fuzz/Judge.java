package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.ContractForm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the contract promises for every answer, whatever was asked. */
final class Judge {
    /** An exchange waits for a provider for a second here, and each is measured while others use the machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<Integer> PAGES = Set.of(200, 302, 303, 400, 403, 404, 405);
    private static final int FIRST_SERVER_ERROR = 500;

    private final Ground ground;

    Judge(Ground ground) {
        this.ground = ground;
    }

    /** What is wrong with the answer; empty if it is as it has to be. */
    Optional<String> finding(Attempt attempt, Answer answer) {
        return Stream.of(
                        answer.took().compareTo(PATIENCE) > 0 ? "took " + answer.took() : null,
                        ContractForm.showsItsInsides(answer) ? "shows its insides" : null,
                        verdict(attempt, answer))
                .filter(found -> found != null)
                .findFirst()
                .map(found -> found + " — " + answer.status() + ' ' + head(answer.body()));
    }

    private String verdict(Attempt attempt, Answer answer) {
        boolean ours = !answer.errorReason().isEmpty();
        if (answer.status() >= FIRST_SERVER_ERROR && !ours) {
            return "a server error";
        }
        if (ours) {
            return refusal(attempt, answer);
        }
        if (attempt.allowed().contains(Allowed.PAGE) && PAGES.contains(answer.status())) {
            return null;
        }
        if (answer.status() < 300) {
            return success(attempt, answer);
        }
        boolean keycloaks = attempt.allowed().contains(Allowed.KEYCLOAKS_FORM) && answer.status() < FIRST_SERVER_ERROR;
        return keycloaks ? null : "not in the contract's form";
    }

    private static String refusal(Attempt attempt, Answer answer) {
        boolean outage = answer.errorReason().equals(ExchangeError.PROVIDER_UNAVAILABLE.reason());
        if (outage && !attempt.allowed().contains(Allowed.OUTAGE)) {
            return "an outage, though the provider was well";
        }
        return ContractForm.mistake(answer, ConformanceRealm.ORIGIN).orElse(null);
    }

    /** A login is for whom the token is about, and for nobody who has signed in as they should. */
    private String success(Attempt attempt, Answer answer) {
        if (!attempt.allowed().contains(Allowed.SUCCESS)) {
            return "was let in";
        }
        if (attempt.alias() == null || answer.accessToken().isEmpty()) {
            return null;
        }
        String user = answer.claims().path("sub").asText();
        if (attempt.subject() == null) {
            return ground.isBystander(user) ? "somebody else's account was opened" : null;
        }
        boolean theirs = ground.realm().knows(attempt.alias(), attempt.subject())
                && ground.realm().identity(user).get("id").equals(attempt.subject());
        return theirs ? null : "another person's account was opened";
    }

    private static String head(String text) {
        return text.substring(0, Math.min(300, text.length())).replaceAll("\\s+", " ");
    }
}
