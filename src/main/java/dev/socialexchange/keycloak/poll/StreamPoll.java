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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fetches what one transmitter has for us, a few batches at a time. It is told that something was taken only when what follows is
 * committed, so that whoever dies in between gets it again; and what is refused, since it would come again for ever.
 * What fails here is not acknowledged, however often: a signal that is thrown away may be the one that shuts somebody out.
 */
final class StreamPoll {
    private static final int MAX_BATCHES = 10;
    private static final int BATCH = 32;

    /** Tokens so long that a batch of them is no answer that is read to its end. */
    private static final int SMALLEST_BATCH = 1;

    /** Of a signal that has to come again. */
    private static final String KEPT = "signal_kept";

    /** What does not work here: that many are tried in vain before the rest has to wait for the next time. */
    private static final int MOST_KEPT = 64;

    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final PollEndpoint endpoint;
    private final Consumer<Signal> take;

    /** @param take returns when what follows is committed */
    StreamPoll(Surroundings surroundings, ExchangeIdentityProvider provider, Consumer<Signal> take) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.endpoint = new PollEndpoint(surroundings, provider);
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
        Set<String> kept = new HashSet<>();
        int size = BATCH;
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            // what has to come again is had again with each batch, and must not take the others' room
            Outcome outcome = endpoint.ask(token.get(), receipts.request(size + kept.size()));
            if (size > SMALLEST_BATCH && isTooLarge(outcome)) {
                size = SMALLEST_BATCH;
                continue;
            }
            Optional<PolledBatch> polled = PolledBatch.of(outcome);
            if (polled.isEmpty()) {
                return Trouble.of(outcome);
            }
            receipts = new Receipts();
            Map<String, String> fresh = new LinkedHashMap<>(polled.get().sets());
            fresh.keySet().removeAll(kept);
            for (Map.Entry<String, String> set : fresh.entrySet()) {
                if (!read(verifier, set.getKey(), set.getValue(), receipts)) {
                    kept.add(set.getKey());
                }
            }
            if (fresh.isEmpty() || !polled.get().more() || kept.size() >= MOST_KEPT) {
                break;
            }
        }
        if (!receipts.isEmpty()) {
            Outcome told = endpoint.ask(token.get(), receipts.request(0));
            if (PolledBatch.of(told).isEmpty()) {
                return Trouble.of(told);
            }
        }
        return Optional.empty();
    }

    private static boolean isTooLarge(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure && failure.cause() == Outcome.Cause.ANSWER_TOO_LARGE;
    }

    /** @return false if it is to come again */
    private boolean read(SignalVerifier verifier, String id, String token, Receipts receipts) {
        try {
            // whoever listens to what follows, and stores of others, must not keep those behind it
            return ForeignCode.alone(
                    "signals of " + provider.getConfig().getAlias(), () -> settled(verifier, id, token, receipts));
        } catch (ExchangeException later) {
            if (!ReceivedSignal.isContended(later)) {
                count(KEPT);
            }
            return false;
        }
    }

    private boolean settled(SignalVerifier verifier, String id, String token, Receipts receipts) {
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
        return true;
    }

    private void count(String outcome) {
        surroundings.recorder().signal(provider.type(), "none", outcome);
    }
}
