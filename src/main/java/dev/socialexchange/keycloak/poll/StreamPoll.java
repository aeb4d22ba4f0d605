package dev.socialexchange.keycloak.poll;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.signal.Heard;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import dev.socialexchange.keycloak.signal.SignalRequest;
import dev.socialexchange.keycloak.signal.SignalVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches what one transmitter has for us, a few batches at a time. It is told that something was taken only when what follows is
 * committed, so that whoever dies in between gets it again; and what is refused, since it would come again for ever.
 */
final class StreamPoll {
    private static final int MAX_BATCHES = 10;
    private static final int BATCH = 32;

    /** Tokens so long that a batch of them is no answer that is read to its end. */
    private static final int SMALLEST_BATCH = 1;

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
     * @return why it did not go well; empty if it did
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
        int size = BATCH;
        boolean kept = false;
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            Outcome outcome = endpoint.ask(token.get(), receipts.request(size));
            if (size > SMALLEST_BATCH && isTooLarge(outcome)) {
                size = SMALLEST_BATCH;
                continue;
            }
            Optional<PolledBatch> polled = PolledBatch.of(outcome);
            if (polled.isEmpty()) {
                return Trouble.of(outcome);
            }
            receipts = new Receipts();
            for (Map.Entry<String, String> set : polled.get().sets().entrySet()) {
                kept |= !read(verifier, set.getKey(), set.getValue(), receipts);
            }
            if (kept || !polled.get().more()) {
                break;
            }
        }
        if (!receipts.isEmpty()) {
            Outcome told = endpoint.ask(token.get(), receipts.request(0));
            if (PolledBatch.of(told).isEmpty()) {
                return Trouble.of(told);
            }
        }
        return kept ? Trouble.of(Trouble.KEPT, "not_done_yet") : Optional.empty();
    }

    private static boolean isTooLarge(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure && failure.cause() == Outcome.Cause.ANSWER_TOO_LARGE;
    }

    /** @return false if it is to come again */
    private boolean read(SignalVerifier verifier, String id, String token, Receipts receipts) {
        try {
            Heard heard = verifier.hear(new SignalRequest(Map.of(), token.getBytes(StandardCharsets.UTF_8)));
            if (heard instanceof Heard.Told told) {
                take.accept(told.signal());
            } else {
                count("late");
            }
            receipts.taken(id);
            return true;
        } catch (SignalRefusal refused) {
            count(refused.detail());
            receipts.refused(id, refused);
            return true;
        } catch (ExchangeException later) {
            return false;
        }
    }

    private void count(String outcome) {
        surroundings.recorder().signal(provider.type(), "none", outcome);
    }
}
