package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.RequestEvent;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/** A refusal at a side door that none of the realm's endpoints was asked about, so that none has told it by an event. */
public final class UntoldRefusal {
    /** Of which the token endpoint makes no event, either. */
    private static final Set<ExchangeError> OF_THE_REALM =
            Set.of(ExchangeError.REALM_DISABLED, ExchangeError.HTTPS_REQUIRED);

    private UntoldRefusal() {}

    /**
     * @param door its name, a constant
     * @param type of what was attempted
     */
    public static Response answer(
            KeycloakSession session, String door, EventType type, ExchangeException refused, Cors cors) {
        if (OF_THE_REALM.contains(refused.error())) {
            return Refusal.answer(refused, cors);
        }
        EventBuilder event = RequestEvent.of(session)
                .event(type)
                .client(session.getContext().getClient())
                .detail(SideDoor.DETAIL, door);
        return new Answers(session, event, cors).refusal(refused);
    }
}
