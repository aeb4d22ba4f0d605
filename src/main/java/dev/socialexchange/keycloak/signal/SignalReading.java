package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
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
        SignalTimes times = new SignalTimes(places, document, surroundings.now());
        times.requireMoment();
        Optional<Heard> asked = rules.handshake()
                .filter(handshake -> handshake.isMeant(content))
                .map(handshake -> new HandshakeAnswer(surroundings, provider, rules, content).to(handshake));
        if (asked.isPresent()) {
            return asked.get();
        }
        requireOurs();
        places.json().all().forEach(this::unfold);
        SignalName named = new SignalName(name, rules.meaning(), content);
        String type = named.type();
        Set<NeutralEvent> events = named.events(type);
        Instant time = times.time();
        if (times.isTooOld(time)) {
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

    private String id() {
        String told = places.id().isEmpty()
                ? HexFormat.of().formatHex(Digests.sha256(document.signed()))
                : document.node(places.id(), "id_missing").asText();
        return Digests.sha256Base64Url(name + '\n' + told);
    }
}
