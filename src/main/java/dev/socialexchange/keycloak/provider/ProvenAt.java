package dev.socialexchange.keycloak.provider;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When a provider's account was proven, in seconds since the epoch: a login may wait on a page for long before it becomes a session, and what the provider
 * says meanwhile is of a later time.
 */
public final class ProvenAt {
    private static final String NOTE = "SOCIAL_EXCHANGE_PROVEN_AT";

    private ProvenAt() {}

    public static long now() {
        return TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis());
    }

    /** Of a login in a browser. It is the client's note: a flow that starts over keeps these, and forgets its own. */
    public static void noteWaiting(AuthenticationSessionModel authSession, String alias, long seconds) {
        authSession.setClientNote(NOTE, seconds + " " + alias);
    }

    /**
     * What a login in a browser waits with.
     *
     * @param alias of the provider whose account was proven
     * @param seconds since the epoch
     */
    public record Waiting(String alias, long seconds) {}

    public static Optional<Waiting> waiting(AuthenticationSessionModel authSession) {
        return Optional.ofNullable(authSession.getClientNote(NOTE)).map(note -> {
            int end = note.indexOf(' ');
            return new Waiting(note.substring(end + 1), Long.parseLong(note.substring(0, end)));
        });
    }

    /** Of a login that becomes a session at once. */
    public static void note(AuthenticationSessionModel authSession, long seconds) {
        authSession.setUserSessionNote(NOTE, String.valueOf(seconds));
    }

    /** Of a login that has been noted so. */
    public static long noted(AuthenticationSessionModel authSession) {
        return Long.parseLong(authSession.getUserSessionNotes().get(NOTE));
    }

    /**
     * Of a session that has just begun, or begun anew; what was before the session keeps its time.
     *
     * @param authSession {@code null} for none
     * @return when the account of this provider was proven that the login came by
     */
    public static long carry(AuthenticationSessionModel authSession, UserSessionModel userSession, String alias) {
        Optional<Long> proven = Optional.ofNullable(authSession)
                .flatMap(ProvenAt::waiting)
                .filter(waiting -> waiting.alias.equals(alias))
                .map(Waiting::seconds);
        if (userSession.getNote(NOTE) == null) {
            proven.ifPresent(seconds -> userSession.setNote(NOTE, seconds.toString()));
        }
        return proven.orElseGet(() -> beginning(userSession));
    }

    /** What is the older of the session and of the proof that it came of: other sessions' proofs do not make it younger. */
    public static long beginning(UserSessionModel userSession) {
        String proven = userSession.getNote(NOTE);
        return proven == null ? userSession.getStarted() : Math.min(Long.parseLong(proven), userSession.getStarted());
    }
}
