package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.descriptor.SignalPlaces;
import java.time.Instant;

/** When something was signed and when it has happened, by the places of the descriptor. */
final class SignalTimes {
    /** Clocks differ; and whoever signs in advance has a reason that is none of ours. */
    private static final int LEEWAY_SECONDS = 300;

    private final SignalPlaces places;
    private final Document document;
    private final long now;

    /** @param now seconds since the epoch */
    SignalTimes(SignalPlaces places, Document document, long now) {
        this.places = places;
        this.document = document;
        this.now = now;
    }

    /** Where the form says when it was signed, that has to be about now. */
    void requireMoment() {
        if (!places.signedAt().isEmpty()) {
            long signed = SignalTime.of(document.node(places.signedAt(), "signed_at_missing"))
                    .getEpochSecond();
            if (Math.abs(now - signed) > places.window()) {
                throw SignalRefusal.forged("signed_at_another_time");
            }
        }
    }

    Instant time() {
        Instant present = Instant.ofEpochSecond(now);
        Instant time = places.time().isEmpty()
                ? document.told().orElse(present)
                : places.time().all().stream()
                        .map(document.content()::at)
                        .filter(found -> !found.isMissingNode() && !found.isNull())
                        .findFirst()
                        .map(SignalTime::of)
                        .or(document::told)
                        .orElseThrow(() -> SignalRefusal.malformed("time_missing"));
        if (time.isAfter(present.plusSeconds(LEEWAY_SECONDS))) {
            throw SignalRefusal.malformed("time_in_future");
        }
        return time;
    }

    boolean isTooOld(Instant time) {
        return time.getEpochSecond() + places.maxAge() + LEEWAY_SECONDS <= now;
    }
}
