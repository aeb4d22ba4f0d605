package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.ForwardedCalls;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.util.List;
import java.util.function.IntConsumer;

/** Asks before each call about somebody's token, and tells how many there were once the token has turned out to be good. */
final class CountedCalls implements ForwardedCalls {
    private final ProviderCalls calls;
    private final Runnable before;
    private final IntConsumer accepted;
    private int spent;

    /**
     * @param before one call; throws where there must be none
     * @param accepted how many calls were about a good token
     */
    CountedCalls(ProviderCalls calls, Runnable before, IntConsumer accepted) {
        this.calls = calls;
        this.before = before;
        this.accepted = accepted;
    }

    @Override
    public List<Outcome> sideBySide(List<Call> together, Deadline deadline) {
        for (int call = 0; call < together.size(); call++) {
            before.run();
            spent++;
        }
        return calls.sideBySide(together, deadline);
    }

    @Override
    public void accepted() {
        accepted.accept(spent);
        spent = 0;
        calls.accepted();
    }

    @Override
    public void refused(List<String> question, ExchangeException refusal) {
        spent = 0;
        calls.refused(question, refusal);
    }

    @Override
    public ProviderCalls calls() {
        return calls;
    }
}
