package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.SignalMeaning;
import dev.socialexchange.keycloak.descriptor.SignalPlaces;
import dev.socialexchange.keycloak.descriptor.SignalRules;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is verified: whether it is for us, and of now, and then what it says of whom. */
final class SignalReading {
    /** Clocks differ; and whoever signs in advance has a reason that is none of ours. */
    private static final int LEEWAY_SECONDS = 300;

    private static final int MAX_TYPE = 120;

    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final String name;
    private final SignalRules rules;
    private final SignalPlaces places;
    private final Document document;
    private final ObjectNode content;

    SignalReading(
            Surroundings surroundings,
            ExchangeIdentityProvider provider,
            String name,
            SignalRules rules,
            Document document) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.name = name;
        this.rules = rules;
        this.places = rules.places();
        this.document = document;
        this.content = document.content();
    }

    Heard read() {
        requireMoment();
        Optional<Heard> asked = rules.handshake()
                .filter(handshake -> handshake.isMeant(content))
                .map(handshake -> new HandshakeAnswer(surroundings, provider, rules, content).to(handshake));
        if (asked.isPresent()) {
            return asked.get();
        }
        requireOurs();
        places.json().all().forEach(this::unfold);
        String type = type();
        Set<NeutralEvent> events = events(type);
        Instant time = time();
        if (time.getEpochSecond() + places.maxAge() + LEEWAY_SECONDS <= surroundings.now()) {
            return late(type);
        }
        boolean about = events.stream().anyMatch(event -> !event.isAboutNobody());
        List<String> subjects = about ? subjects() : List.of();
        return new Heard.Told(new Signal(events, type, subjects, time, id()));
    }

    /** A transmitter may have kept it for days; who signs a form again does it now, and what is old is somebody's copy. */
    private Heard late(String type) {
        if (document.told().isEmpty()) {
            throw SignalRefusal.malformed("too_old");
        }
        return new Heard.Late(type);
    }

    private List<String> subjects() {
        String text = provider.descriptor().identity().profile().id().text();
        return new SignalSubjects(text, places, document)
                .read().stream().distinct().toList();
    }

    private void requireMoment() {
        if (!places.signedAt().isEmpty()) {
            long signed =
                    SignalTime.of(node(places.signedAt(), "signed_at_missing")).getEpochSecond();
            if (Math.abs(surroundings.now() - signed) > places.window()) {
                throw SignalRefusal.forged("signed_at_another_time");
            }
        }
    }

    private void requireOurs() {
        if (!places.ours().isEmpty()) {
            String app = places.ours()
                    .text(content)
                    .orElseThrow(() -> new SignalRefusal(SignalError.INVALID_AUDIENCE, "app_missing"));
            if (!AppRegistration.of(surroundings.secrets(), provider.getConfig(), provider.settings())
                    .owns(app)) {
                throw new SignalRefusal(SignalError.INVALID_AUDIENCE, "app_of_another");
            }
        }
    }

    /** What is not there need not be read. */
    private void unfold(JsonPointer at) {
        JsonNode text = content.at(at);
        if (text.isTextual() && content.at(at.head()) instanceof ObjectNode around) {
            around.set(
                    at.last().getMatchingProperty(),
                    StrictJson.read(text.textValue()).orElseThrow(() -> SignalRefusal.malformed("text_unreadable")));
        }
    }

    private String type() {
        String found = rules.meaning() instanceof SignalMeaning.Typed typed
                ? typed.type().name(content).orElseThrow(() -> SignalRefusal.malformed("type_missing"))
                : name;
        return found.length() <= MAX_TYPE ? found : found.substring(0, MAX_TYPE);
    }

    private Set<NeutralEvent> events(String type) {
        if (rules.meaning() instanceof SignalMeaning.Typed typed) {
            List<NeutralEvent> ofType = typed.events().getOrDefault(type, List.of());
            return Set.copyOf(typed.reason()
                    .name(content)
                    .map(reason -> typed.events().getOrDefault(type + ' ' + reason, ofType))
                    .orElse(ofType));
        }
        return Set.of(((SignalMeaning.Constant) rules.meaning()).event());
    }

    private Instant time() {
        Instant now = Instant.ofEpochSecond(surroundings.now());
        Instant time = places.time().isEmpty()
                ? document.told().orElse(now)
                : places.time().all().stream()
                        .map(content::at)
                        .filter(found -> !found.isMissingNode() && !found.isNull())
                        .findFirst()
                        .map(SignalTime::of)
                        .or(document::told)
                        .orElseThrow(() -> SignalRefusal.malformed("time_missing"));
        if (time.isAfter(now.plusSeconds(LEEWAY_SECONDS))) {
            throw SignalRefusal.malformed("time_in_future");
        }
        return time;
    }

    private String id() {
        String told = places.id().isEmpty()
                ? HexFormat.of().formatHex(Digests.sha256(document.signed()))
                : node(places.id(), "id_missing").asText();
        return Digests.sha256Base64Url(name + '\n' + told);
    }

    private JsonNode node(Pointers pointers, String otherwise) {
        return pointers.all().stream()
                .map(content::at)
                .filter(found -> found.isTextual() || found.isNumber())
                .filter(found -> !found.asText().isBlank())
                .findFirst()
                .orElseThrow(() -> SignalRefusal.malformed(otherwise));
    }
}
