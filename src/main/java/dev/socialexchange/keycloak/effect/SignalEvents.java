package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.signal.Signal;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Tells in Keycloak's events what a provider has said about a user, and what was done: never the message itself. */
record SignalEvents(KeycloakSession session, String alias) {
    static final String SIGNAL = "signal";
    static final String OUTCOME = "outcome";

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private static final Set<Outcome> FOR_ADMINISTRATORS = Set.of(
            Outcome.PROTECTED,
            Outcome.LEFT_TO_DIRECTORY,
            Outcome.NO_OTHER_WAY_IN,
            Outcome.LINK_KEPT_AS_LAST_WAY_IN,
            Outcome.USER_READ_ONLY);

    /** Of what is ignored nothing is told. */
    SignalEffects.Done told(UserModel user, Signal signal, SignalEffects.Done done) {
        if (done.outcomes().equals(EnumSet.of(Outcome.IGNORED))) {
            return done;
        }
        String outcomes = words(done.outcomes().stream().map(Outcome::id).collect(Collectors.toSet()));
        EventBuilder event = RequestEvent.of(session)
                .event(EventType.REVOKE_GRANT)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.IDENTITY_PROVIDER, alias)
                .detail(
                        SIGNAL,
                        words(signal.events().stream().map(one -> one.id()).collect(Collectors.toSet())))
                .detail("signal_id", signal.id())
                .detail(OUTCOME, outcomes);
        ForeignCode.aside("event store", event::success);
        if (done.outcomes().stream().anyMatch(FOR_ADMINISTRATORS::contains)) {
            LOG.warnf(
                    "a signal is for an administrator to act on: realm=%s provider=%s user=%s outcome=%s",
                    session.getContext().getRealm().getName(), alias, user.getId(), outcomes);
        }
        return done;
    }

    private static String words(Set<String> words) {
        return words.stream().sorted().collect(Collectors.joining(" "));
    }
}
