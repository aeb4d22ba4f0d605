package dev.socialexchange.keycloak.net;

import java.util.Locale;

/** What came of a call in a word, for a label: a status by its class, but for the one that says that we ask too often. */
public final class CallOutcomes {
    private static final int TOO_MANY_REQUESTS = 429;

    private CallOutcomes() {}

    public static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Failure failure) {
            return of(failure.cause());
        }
        int status = ((Outcome.Answer) outcome).status();
        return status == TOO_MANY_REQUESTS ? String.valueOf(status) : status / 100 + "xx";
    }

    static String of(Outcome.Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
