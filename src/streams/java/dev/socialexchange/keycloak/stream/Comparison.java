package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a stream is not as it has to be for the realm to hear of it, or to believe it. */
record Comparison(Arguments arguments) {

    /** @return a sentence for each, with what to do about it */
    List<String> differences(JsonNode stream) {
        List<String> found = new ArrayList<>();
        issuer(stream).ifPresent(found::add);
        audience(stream).ifPresent(found::add);
        delivery(stream).ifPresent(found::add);
        events(stream).ifPresent(found::add);
        return found;
    }

    private Optional<String> issuer(JsonNode stream) {
        String issuer = stream.path("iss").asText();
        return arguments.transmitter().isEmpty() || issuer.isEmpty()
                ? Optional.empty()
                : differs(
                        !issuer.equals(arguments.transmitter().get().toString()),
                        "iss: signals will say " + issuer
                                + ", and the realm's provider has the issuer of --transmitter."
                                + " The provider's setting Issuer has to be what signals say");
    }

    private Optional<String> audience(JsonNode stream) {
        List<String> audience = Json.texts(stream.path("aud"));
        return differs(
                !arguments.audience().isEmpty()
                        && audience.stream().noneMatch(arguments.audience()::contains)
                        && !(audience.isEmpty() && arguments.google().isPresent()),
                "aud: signals will be for " + (audience.isEmpty() ? "nobody" : String.join(", ", audience))
                        + ", none of --audience. Enter it in the provider's setting exchangeSignalsAudience, if it is you");
    }

    private Optional<String> delivery(JsonNode stream) {
        JsonNode delivery = stream.path("delivery");
        String method =
                delivery.path("method").asText(delivery.path("delivery_method").asText());
        String address =
                delivery.path("endpoint_url").asText(delivery.path("url").asText());
        if (arguments.poll()) {
            return differs(
                    !method.endsWith("8936") && !method.endsWith("/poll"),
                    "delivery: the transmitter sends, by " + method);
        }
        return arguments
                .receiver()
                .filter(receiver -> !receiver.toString().equals(address))
                .map(receiver -> "delivery: signals go to " + (address.isEmpty() ? "nowhere" : address)
                        + ", not to --receiver." + " update changes that");
    }

    private Optional<String> events(JsonNode stream) {
        List<String> usual = arguments.google().isPresent() ? Events.OF_GOOGLE : Events.OF_SHARED_SIGNALS;
        Set<String> missing = new HashSet<>(arguments.events().isEmpty() ? usual : arguments.events());
        JsonNode delivered =
                stream.has("events_delivered") ? stream.path("events_delivered") : stream.path("events_requested");
        Json.texts(delivered).forEach(missing::remove);
        return differs(
                !missing.isEmpty(),
                "events_delivered: these will not be told: "
                        + String.join(", ", missing.stream().sorted().toList()));
    }

    private static Optional<String> differs(boolean differs, String how) {
        return Optional.of(how).filter(difference -> differs);
    }
}
