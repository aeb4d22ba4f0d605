package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import java.time.Duration;
import java.util.function.Function;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/**
 * Maps a brokered person onto a realm user, by the realm's own flows and rules, without a browser. The whole login, from the
 * look-up of the link to the tokens, is one transaction beside the request's: it is committed before the answer is made, or
 * leaves nothing behind.
 */
public final class BrokeredLogin {
    private final KeycloakSession request;
    private final EventBuilder event;
    private final LoginRequest wanted;
    private final LoginEvents events = new LoginEvents();

    /** @param event of the exchange; gets to know whom a refusal is about */
    public BrokeredLogin(KeycloakSession request, EventBuilder event, LoginRequest wanted) {
        this.request = request;
        this.event = event;
        this.wanted = wanted;
    }

    /**
     * @param tokens the login's last step, in its transaction; the success event follows
     * @throws ExchangeException if the person may not or cannot log in
     */
    public <T> T login(BrokeredPerson person, Function<BrokeredUser, T> tokens) {
        boolean done = false;
        try {
            T made = new Attempts<>(person, tokens).run();
            done = true;
            return made;
        } finally {
            if (!done) {
                events.leaveTo(event);
            }
            events.send(request);
        }
    }

    /** Where the person is needed, nothing stays of what asked; what went before does, or nobody could ever go on. */
    private final class Attempts<T> {
        private final BrokeredPerson person;
        private final Function<BrokeredUser, T> tokens;

        Attempts(BrokeredPerson person, Function<BrokeredUser, T> tokens) {
            this.person = person;
            this.tokens = tokens;
        }

        T run() {
            long start = System.nanoTime();
            LoginOutcome<T> outcome = known();
            if (outcome instanceof LoginOutcome.Renumbered<T> renumbered) {
                // in a transaction of its own: where this login has to stop, the browser that goes on knows the new id
                // only, and would find nobody
                LinkGuard guard = guard(renumbered.subject());
                guard.holding(() -> inOwnTransaction(attempt -> attempt.renumberingAlone(guard)));
                outcome = known();
            }
            if (outcome instanceof LoginOutcome.Unknown<T> unknown) {
                LinkGuard guard = guard(unknown.subject());
                outcome = guard.holding(() -> first(guard));
            }
            T result = outcome.result();
            outcome.made()
                    .ifPresent(made -> SignalWatch.require(request, made, Duration.ofNanos(System.nanoTime() - start)));
            LoginMemory.of(request)
                    .lookUps()
                    .prepare(request, event.getEvent().getDetails().get(Details.USERNAME));
            return result;
        }

        private LinkGuard guard(String subject) {
            return new LinkGuard(request, request.getContext().getRealm(), person.alias(), subject);
        }

        /** A continuation does not repeat an update that failed, and would keep rights that it was about to take away. */
        private LoginOutcome<T> known() {
            try {
                LoginOutcome<T> outcome = inOwnTransaction(attempt -> attempt.ofSomebodyKnown(tokens));
                if (outcome instanceof LoginOutcome.Asked<T>) {
                    inOwnTransaction(LoginAttempt::updateAlone);
                }
                return outcome;
            } catch (ExchangeException refused) {
                throw refused.withoutBrowser();
            }
        }

        private LoginOutcome<T> first(LinkGuard guard) {
            LoginOutcome<T> outcome = inOwnTransaction(attempt -> attempt.ofAnybody(guard, tokens));
            if (outcome instanceof LoginOutcome.Asked<T>) {
                inOwnTransaction(attempt -> attempt.introductionAlone(guard));
            }
            return outcome;
        }

        private <R> LoginOutcome<R> inOwnTransaction(Function<LoginAttempt, LoginOutcome<R>> work) {
            return new OwnTransaction(request).run(session -> {
                events.forget();
                Event like = event.getEvent();
                EventBuilder own = events.builder(session, like);
                LoginAttempt attempt = new LoginAttempt(session, person, wanted, own, events);
                try {
                    // mappers and steps have been named where they are called
                    return ForeignCode.call(() -> "user storage", () -> work.apply(attempt));
                } finally {
                    LoginEvents.transfer(own.getEvent(), event);
                }
            });
        }
    }
}
