package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.door.Refusal;
import jakarta.ws.rs.core.Response;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/** What is told of a refusal, in whichever form Keycloak or this extension has answered it. */
final class RefusedVerdict {
    private RefusedVerdict() {}

    /** @param told the event's reason; {@code null} if there is none */
    static Rehearsed.Verdict of(Response response, String told) {
        if (response.getEntity() instanceof Refusal refusal) {
            return refused(
                    response.getStatus(),
                    refusal.error(),
                    refusal.reason(),
                    refusal.description(),
                    detail(told, refusal.reason()));
        }
        if (response.getEntity() instanceof OAuth2ErrorRepresentation keycloaks) {
            return refused(response.getStatus(), keycloaks.getError(), null, keycloaks.getErrorDescription(), told);
        }
        return refused(response.getStatus(), null, null, null, told);
    }

    private static Rehearsed.Verdict refused(
            int status, String error, String reason, String description, String detail) {
        return new Rehearsed.Verdict(Rehearsed.Outcome.REFUSED, status, error, reason, description, detail, null, null);
    }

    /** What an event's reason says beside {@code error_reason}. */
    private static String detail(String told, String reason) {
        String prefix = reason + ": ";
        return told != null && told.startsWith(prefix) ? told.substring(prefix.length()) : null;
    }
}
