package dev.socialexchange.keycloak.poll;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.effect.ReceivedSignal;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.signal.Heard;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import dev.socialexchange.keycloak.signal.SignalRequest;
import dev.socialexchange.keycloak.signal.SignalVerifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches what one transmitter has for us, a few batches at a time. It is told that something was taken only when what follows is
 * committed, so that whoever dies in between gets it again; and what is refused, since it would come again for ever.
 * What fails here is not acknowledged, however often: a signal that is thrown away may be the one that shuts somebody out.
 */
final class StreamPoll {
    private static final int MAX_BATCHES = 10;

    /** One after the other, as long as the tokens are so long together that they are no answer that is read to its end. */
    private static final List<Wanted> WANTED =
            List.of(new Wanted(32, true), new Wanted(1, true), new Wanted(32, false), new Wanted(1, false));

    /** Of a signal that has to come again. */
    private static final String KEPT = "signal_kept";

    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final PollEndpoint endpoint;
    private final KeptSignals kept;
    private final Consumer<Signal> take;

    /**
     * @param fresh how many that are new
     * @param beyondKept whether those that come again with each batch take no room from them
     */
    private record Wanted(int fresh, boolean beyondKept) {}

    /**
     * @param kept what has failed in the runs before
     * @param take returns when what follows is committed
     */
    StreamPoll(Surroundings surroundings, ExchangeIdentityProvider provider, KeptSignals kept, Consumer<Signal> take) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.endpoint = new PollEndpoint(surroundings, provider);
        this.kept = kept;
        this.take = take;
    }

    /** Of a provider that may be fetched from: the name of the address at which the same would be sent. */
    static Optional<String> address(ExchangeIdentityProvider provider) {
        return provider.settings().signals().poll().flatMap(url -> provider.descriptor().signals().entrySet().stream()
                .filter(entry -> entry.getValue().proof() instanceof SignalProof.Token)
                .map(Map.Entry::getKey)
                .findFirst());
    }

    /**
     * @param name of the address
     * @return why the transmitter cannot be asked, or is not understood; empty if it is
     */
    Optional<Trouble> run(String name) {
        try {
            return fetched(name);
        } catch (ExchangeException unusable) {
            return Trouble.of(Trouble.FAILED, unusable.detail()); // the provider's settings, or what nodes share
        }
    }

    private Optional<Trouble> fetched(String name) {
        Optional<String> token = endpoint.accessToken();
        if (token.isEmpty()) {
            return Trouble.of(Trouble.UNAUTHORIZED, "no_access_token");
        }
        SignalVerifier verifier = new SignalVerifier(
                surroundings, provider, name, provider.descriptor().signals().get(name));
        Receipts receipts = new Receipts();
        Tries tries = new Tries(kept);
        boolean heldUp = false;
        int wanted = 0;
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            Outcome outcome = endpoint.ask(token.get(), receipts.request(most(WANTED.get(wanted), tries)));
            if (isTooLarge(outcome) && wanted + 1 < WANTED.size()) {
                wanted++;
                continue;
            }
            Optional<PolledBatch> polled = PolledBatch.of(outcome);
            if (polled.isEmpty()) {
                return Trouble.of(outcome);
            }
            receipts = new Receipts();
            List<String> ids = tries.of(polled.get().sets().keySet());
            for (String id : ids) {
                if (tries.isAllowed(id)) {
                    read(verifier, id, polled.get().sets().get(id), receipts, tries);
                }
            }
            heldUp = polled.get().more() && (ids.isEmpty() || tries.areOver());
            if (heldUp || !polled.get().more()) {
                break;
            }
        }
        if (!receipts.isEmpty()) {
            Outcome told = endpoint.ask(token.get(), receipts.request(0));
            if (PolledBatch.of(told).isEmpty()) {
                return Trouble.of(told);
            }
        }
        return heldUp ? Trouble.of(Trouble.HELD_UP, "kept_" + kept.count()) : Optional.empty();
    }

    private static int most(Wanted wanted, Tries tries) {
        return wanted.fresh() + (wanted.beyondKept() ? tries.room() : 0);
    }

    private static boolean isTooLarge(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure && failure.cause() == Outcome.Cause.ANSWER_TOO_LARGE;
    }

    private void read(SignalVerifier verifier, String id, String token, Receipts receipts, Tries tries) {
        try {
            // whoever listens to what follows, and stores of others, must not keep those behind it
            ForeignCode.alone("signals of " + provider.getConfig().getAlias(), () -> {
                settle(verifier, id, token, receipts);
                return id;
            });
            tries.settled(id);
        } catch (ExchangeException later) {
            if (ReceivedSignal.isContended(later)) {
                tries.contended(id);
            } else {
                count(KEPT);
                tries.failed(id);
            }
        }
    }

    private void settle(SignalVerifier verifier, String id, String token, Receipts receipts) {
        try {
            Heard heard = verifier.hear(new SignalRequest(Map.of(), token.getBytes(StandardCharsets.UTF_8)));
            if (heard instanceof Heard.Told told) {
                take.accept(told.signal());
            } else {
                count("late");
            }
            receipts.taken(id);
        } catch (SignalRefusal refused) {
            count(refused.detail());
            receipts.refused(id, refused);
        }
    }

    private void count(String outcome) {
        surroundings.recorder().signal(provider.type(), "none", outcome);
    }
}
