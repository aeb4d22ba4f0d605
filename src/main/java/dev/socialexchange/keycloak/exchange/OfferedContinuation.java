package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.continuation.ContinuationOffer;
import dev.socialexchange.keycloak.door.ContinuationLink;
import dev.socialexchange.keycloak.login.BrokeredPerson;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.protocol.oidc.TokenExchangeContext;

/** The way on in a browser, for whoever has proven who they are and has said where to come back to. */
final class OfferedContinuation {
    private final TokenExchangeContext context;
    private Supplier<Optional<ContinuationLink>> offer = Optional::empty;

    OfferedContinuation(TokenExchangeContext context) {
        this.context = context;
    }

    /** From here on a refusal may carry a link. */
    void prove(ExchangeRequest request, BrokeredPerson person) {
        offer = () -> request.interaction()
                .flatMap(interaction -> new ContinuationOffer(context.getSession(), context.getEvent())
                        .make(person, request.wanted(), interaction));
    }

    /** Without a link the refusal is still true. */
    Optional<ContinuationLink> link(ExchangeException refused) {
        if (!refused.browserHelps()) {
            return Optional.empty();
        }
        try {
            return ForeignCode.alone("continuation", offer);
        } catch (ExchangeException failed) {
            context.getEvent().detail(ContinuationOffer.DETAIL, "failed");
            return Optional.empty();
        }
    }
}
