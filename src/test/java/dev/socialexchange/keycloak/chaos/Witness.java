package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.ContractForm;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends requests, judges each answer by what the contract promises at that moment, and notes what came of it. */
final class Witness {
    /** Of whoever waits for an answer; longer than any of ours takes. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a login waits for one at the other node (LinkGuard): too short for a slow machine, whatever the weather. */
    private static final Duration CONTENDING = Duration.ofSeconds(2);

    static final int BUSY = 503;
    private static final int REFUSED = 400;
    private static final Set<Integer> PAGES = Set.of(200, 302, 303, 400);

    private final Timeline timeline;
    private final Weather weather;
    private final Findings findings;
    private final Map<String, Integer> keycloaks = new ConcurrentSkipListMap<>();

    Witness(Timeline timeline, Weather weather, Findings findings) {
        this.timeline = timeline;
        this.weather = weather;
        this.findings = findings;
    }

    /**
     * One of our doors.
     *
     * @param good whether it is an answer to hope for, in good times the only one
     * @return empty if there was none
     */
    Optional<Answer> ask(Of of, String what, TokenRequest request, Predicate<Answer> good) {
        Set<Trouble> atBeginning = weather.now();
        Timeline.Request noted = timeline.begin(of);
        Optional<Answer> answer = send(request.origin(ConformanceRealm.ORIGIN));
        Optional<Trouble> trouble = answer.map(given -> trouble(given, good)).orElse(Optional.of(Trouble.LOST));
        noted.ends(trouble.orElse(null));
        trouble.filter(met -> !isPermitted(of, met, atBeginning) && !hasContended(met, answer))
                .ifPresent(met -> findings.add(what + ": " + met + tail(answer)));
        trouble.filter(Trouble.KEYCLOAK::equals)
                .ifPresent(met ->
                        keycloaks.merge(tail(answer).replaceAll("in \\d+ seconds", "in … seconds"), 1, Integer::sum));
        answer.filter(given -> !given.errorReason().isEmpty())
                .flatMap(given -> ContractForm.mistake(given, ConformanceRealm.ORIGIN))
                .ifPresent(mistake -> findings.add(what + ": " + mistake + tail(answer)));
        answer.filter(ContractForm::showsItsInsides)
                .ifPresent(given -> findings.add(what + ": shows its insides" + tail(answer)));
        if (trouble.isEmpty() && !good.test(answer.orElseThrow())) {
            findings.add(what + ": not an answer to this" + tail(answer));
        }
        return answer;
    }

    /** What Keycloak has answered instead of us, and how often. */
    Map<String, Integer> keycloaksAnswers() {
        return keycloaks;
    }

    /** A provider's outage is no excuse where it is not needed. */
    private boolean isPermitted(Of of, Trouble met, Set<Trouble> atBeginning) {
        return weather.permits(met, atBeginning) && (met != Trouble.PROVIDER || of == Of.CALLS);
    }

    private static boolean hasContended(Trouble met, Optional<Answer> answer) {
        return met == Trouble.BUSY
                && answer.filter(given -> given.took().compareTo(CONTENDING) >= 0)
                        .isPresent();
    }

    /** Empty where the answer is nobody's trouble, whether or not it is a good one. */
    private static Optional<Trouble> trouble(Answer answer, Predicate<Answer> good) {
        if (good.test(answer)) {
            return Optional.empty();
        }
        return switch (answer.errorReason()) {
            case "server_busy" -> Optional.of(Trouble.BUSY);
            case "provider_unavailable" -> Optional.of(Trouble.PROVIDER);
            case "" -> answer.status() >= REFUSED ? Optional.of(Trouble.KEYCLOAK) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Keycloak's own answer, which is nobody's finding. */
    Optional<Answer> askKeycloak(TokenRequest request) {
        Timeline.Request noted = timeline.begin(Of.PASSWORDS);
        Optional<Answer> answer = send(request);
        Trouble trouble = answer.isEmpty() ? Trouble.LOST : Trouble.KEYCLOAK;
        noted.ends(answer.filter(given -> given.status() == 200).isPresent() ? null : trouble);
        return answer;
    }

    private static Optional<Answer> send(TokenRequest request) {
        try {
            return Optional.of(request.sendAsync()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join());
        } catch (CompletionException lost) {
            return Optional.empty();
        }
    }

    /** One of our pages: a page, a redirect, or a refusal. */
    Optional<HttpResponse<String>> look(String what, Supplier<HttpResponse<String>> request) {
        Set<Trouble> atBeginning = weather.now();
        Timeline.Request noted = timeline.begin(Of.EXCHANGES);
        Optional<HttpResponse<String>> page = attempt(request);
        boolean busy = page.filter(given -> given.statusCode() == BUSY).isPresent();
        Trouble trouble = page.isEmpty() ? Trouble.LOST : busy ? Trouble.BUSY : null;
        noted.ends(trouble);
        if (trouble != null && !weather.permits(trouble, atBeginning)) {
            findings.add(what + ": " + trouble);
        }
        page.filter(given -> given.statusCode() != BUSY && !PAGES.contains(given.statusCode()))
                .ifPresent(given -> findings.add(what + ": status " + given.statusCode()));
        return page;
    }

    /** Of whomever: empty if there is no answer. */
    static <T> Optional<T> attempt(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (UncheckedIOException lost) {
            return Optional.empty();
        }
    }

    private static String tail(Optional<Answer> answer) {
        return answer.map(given -> " — %d %s"
                        .formatted(
                                given.status(),
                                given.body()
                                        .substring(0, Math.min(300, given.body().length()))))
                .orElse("");
    }
}
