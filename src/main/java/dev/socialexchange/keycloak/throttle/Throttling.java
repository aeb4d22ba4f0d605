package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.ErrorEvent;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.net.Caller;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** One request under the node's {@link Throttle}; under none in a rehearsal, and where the server's options have switched it off. */
public final class Throttling {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private final KeycloakSession session;
    private final Optional<Throttle> throttle;
    private OptionalInt limit = OptionalInt.empty();
    private boolean endedTold;

    public Throttling(KeycloakSession session) {
        this.session = session;
        this.throttle =
                Rehearsal.is(session) ? Optional.empty() : Optional.ofNullable(session.getProvider(Throttle.class));
    }

    /**
     * Before a token is looked at.
     *
     * @throws ExchangeException if nothing from this address is looked at any more
     */
    public void admit() {
        throttle.ifPresent(node -> {
            tellEnded(node);
            node.admit(caller());
        });
    }

    /**
     * Before a door is opened at which there is nothing to prove.
     *
     * @param door a constant that events name
     * @throws ExchangeException if this address comes too often
     */
    public void visit(String door) {
        throttle.ifPresent(node -> {
            tellEnded(node);
            try {
                node.visit(door, caller());
            } catch (ExchangeException throttled) {
                throw recorded(throttled);
            }
        });
    }

    /** From now on this provider's own limits count, and its calls are among those of its app. */
    public ProviderCalls calls(ExchangeIdentityProvider provider) {
        limit = provider.settings().throttle();
        ProviderCalls calls = session.getProvider(ProviderCalls.class);
        return throttle.map(node -> node.counted(
                        calls,
                        provider.getConfig().getInternalId(),
                        provider.settings().callBudget(),
                        caller()))
                .orElse(calls);
    }

    /** What a refusal is answered: itself, or that there were too many of them. */
    public ExchangeException answerTo(ExchangeException refused) {
        ExchangeException answer = throttle.filter(node -> refused.error().isSendersFault())
                .map(node -> node.failed(caller(), limit, refused))
                .orElse(refused);
        return answer.error() == ExchangeError.THROTTLED ? recorded(answer) : answer;
    }

    private ExchangeException recorded(ExchangeException throttled) {
        session.getProvider(Recorder.class).throttled(throttled.detail());
        return throttled;
    }

    private Caller caller() {
        return Caller.of(session.getContext());
    }

    /** By an event of its own, for what no event of a request tells. */
    public void tell(ExchangeException throttled) {
        ErrorEvent.send(event().client(session.getContext().getClient()), throttled);
    }

    /** Once for each request, which may come by two of these gates. */
    private void tellEnded(Throttle node) {
        if (endedTold) {
            return;
        }
        endedTold = true;
        RealmModel realm = session.getContext().getRealm();
        node.ended(realm.getId()).forEach(ended -> {
            LOG.infof(
                    "no longer throttled: realm=%s client=%s what=%s refused=%d",
                    realm.getName(), ended.caller().client(), ended.what(), ended.refusals());
            RequestConnection.release(session); // the event takes one of its own
            EventBuilder event = event().client(ended.caller().client())
                    .ipAddress(ended.caller().network())
                    .detail("refused", String.valueOf(ended.refusals()));
            ErrorEvent.send(event, ExchangeException.throttled(0, ended.what() + " ended", true));
        });
    }

    private EventBuilder event() {
        return RequestEvent.of(session).event(EventType.TOKEN_EXCHANGE);
    }
}
