package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.doctor.Step.CallMade;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.CallOutcomes;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.time.Duration;

/** The calls of checks: about nobody's token, on nobody's account, one after the other. */
final class CheckCalls {
    private final ProviderCalls calls;
    private final Duration timeout;
    private final HostTurns turns;

    /** @param timeout of each call */
    CheckCalls(ProviderCalls calls, Duration timeout, HostTurns turns) {
        this.calls = calls;
        this.timeout = timeout;
        this.turns = turns;
    }

    record Sent(Outcome outcome, CallMade made) {}

    Sent send(Call call) {
        String host = host(call);
        long begun = calls.now();
        Outcome outcome = turns.take(
                host,
                timeout.toMillis(),
                () -> calls.sendForEverybody(call, calls.within(timeout)),
                new Outcome.Failure(Outcome.Cause.BUSY_HERE));
        return new Sent(outcome, new CallMade(host, CallOutcomes.of(outcome), Finding.millis(calls.now() - begun)));
    }

    /** With its port, and without credentials that a URL may have before it. */
    static String host(Call call) {
        return Call.withoutCredentials(call.uri().getAuthority());
    }
}
