package dev.socialexchange.keycloak.telemetry;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.OAuthErrorException;

/**
 * What came of an exchange.
 *
 * @param realm its immutable id; empty where nobody asks
 * @param type the provider's; {@link #UNKNOWN} where the request names none that is open
 * @param alias the provider's; {@link #UNKNOWN} likewise, never what a request has said
 * @param client the client id of the client that Keycloak has authenticated
 * @param kind of the token
 * @param reason {@code none} of a success
 * @param detail the further code of the event; {@code none} if there is none
 */
public record Exchanged(
        String realm,
        String type,
        String alias,
        String client,
        String kind,
        Outcome outcome,
        String reason,
        String detail) {
    public static final String UNKNOWN = "unknown";
    private static final String NONE = "none";

    /** What an operator tells apart at a glance. */
    public enum Outcome {
        SUCCESS,
        /** The person is needed in a browser. */
        INTERACTION,
        /** For what the front end has sent, or a rule of the realm. */
        REFUSED,
        /** Too many, too fast. */
        THROTTLED,
        /** By a provider or by this server: the token may be good. */
        UNAVAILABLE,
        /** By Keycloak's own code, such as for a missing proof of possession. */
        KEYCLOAK
    }

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    public static Exchanged of(String realm, String type, String alias, String client, String kind, Outcome outcome) {
        return new Exchanged(realm, type, alias, client, kind, outcome, NONE, NONE);
    }

    public Exchanged refused(ExchangeException refusal) {
        return new Exchanged(
                realm,
                type,
                alias,
                client,
                kind,
                outcome(refusal.error()),
                refusal.error().reason(),
                refusal.detail() == null ? NONE : refusal.detail());
    }

    private static Outcome outcome(ExchangeError error) {
        if (error.error().equals(OAuthErrorException.INTERACTION_REQUIRED)) {
            return Outcome.INTERACTION;
        }
        return switch (error.status()) {
            case TOO_MANY_REQUESTS -> Outcome.THROTTLED;
            case SERVICE_UNAVAILABLE -> Outcome.UNAVAILABLE;
            default -> Outcome.REFUSED;
        };
    }
}
