package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.door.ContinuationLink;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The way on in a browser, for whoever has proven who they are and has said where to come back to. */
final class OfferedContinuation {
    private final Consumer<String> obstacle;
    private Supplier<Optional<ContinuationLink>> offer = Optional::empty;

    /** @param obstacle is told why there is no link, in a constant */
    OfferedContinuation(Consumer<String> obstacle) {
        this.obstacle = obstacle;
    }

    /** From here on a refusal may carry a link. */
    void prove(Supplier<Optional<ContinuationLink>> link) {
        offer = link;
    }

    /**
     * Without a link the refusal is still true, but whoever may get one by asking again in a moment is told so.
     *
     * @throws ExchangeException if the link could not be written down now
     */
    Optional<ContinuationLink> link(ExchangeException refused) {
        if (!refused.browserHelps()) {
            return Optional.empty();
        }
        try {
            return ForeignCode.alone("continuation", offer);
        } catch (ExchangeException failed) {
            obstacle.accept("failed");
            if (failed.error() == ExchangeError.SERVER_BUSY) {
                throw failed;
            }
            return Optional.empty();
        }
    }
}
