package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.JsonPlaces;
import dev.socialexchange.keycloak.OddJson;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;

/** Odd but real shapes, at every place of a profile that a descriptor looks at. */
class OddPayloadsTest {
    private static final String PERSON = "4611686018427387905";
    private static final List<String> ODD = List.of(
            "null",
            "\"\"",
            "\"  \"",
            "{}",
            "[]",
            "[[{}]]",
            "{\"de\":\"Ada\"}",
            "true",
            "false",
            "0",
            "9007199254740993",
            "1e400",
            "-0.0",
            "\"Ада Лавлейс\"",
            "\"愛\"",
            "\" Ada \"",
            "\"\\u0000\"",
            "\"\\ud83e\"",
            "\"ليلى\\u200f\"",
            "\"" + "x".repeat(300) + "\"");
    private static final List<String> NO_ID =
            List.of("null", "\"\"", "\" \"", "{}", "{\"id\":1}", "[]", "[1]", "true", "false", "\"a\\nb\"");

    record Type(String id, ExchangeIdentityProvider provider) {

        @Override
        public String toString() {
            return id;
        }

        IdentityPointers pointers() {
            return provider.descriptor().identity().profile();
        }

        /** As this type's pointers want it, everything there. */
        JsonNode document() {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            places().forEach(place -> JsonPlaces.put(document, place, JsonNodeFactory.instance.textNode("x")));
            pointers().id().prefix().all().forEach(place -> JsonPlaces.put(document, place, text("T1")));
            pointers().id().own().all().forEach(place -> JsonPlaces.put(document, place, text(PERSON)));
            return document;
        }

        Set<JsonPointer> places() {
            IdentityPointers all = pointers();
            Set<JsonPointer> places = new LinkedHashSet<>();
            Stream.of(
                            all.username().place(),
                            all.mail().address(),
                            all.mail().verified(),
                            all.mail().confirmed(),
                            all.names().whole(),
                            all.names().given(),
                            all.names().family(),
                            all.mail().hostedDomain())
                    .forEach(pointers -> places.addAll(pointers.all()));
            places.removeAll(all.id().own().all()); // Spotify's username is the id
            return places;
        }

        String subject(String id) {
            return pointers().id().prefix().all().isEmpty() ? pointers().id().text() + id : "T1_" + id;
        }
    }

    static Stream<Type> all() {
        return ProviderTypes.all().entrySet().stream().map(type -> new Type(type.getKey(), type.getValue()));
    }

    static Stream<Type> described() {
        return all().filter(type -> type.provider() instanceof DescribedIdentityProvider);
    }

    @ParameterizedTest
    @MethodSource("all")
    void neverCostsTheIdOrTheUsername(Type type) {
        assertUsable(type, type.document());
        for (JsonPointer place : type.places()) {
            for (String odd : ODD) {
                ObjectNode document = type.document().deepCopy();
                JsonPlaces.put(document, place, json(odd));
                assertUsable(type, document);
            }
            ObjectNode without = type.document().deepCopy();
            remove(without, place);
            assertUsable(type, without);
        }
    }

    /** An array where an object is expected, or a text, or nothing: the id may be gone with it, and then nobody logs in. */
    @ParameterizedTest
    @MethodSource("all")
    void otherKindsOfContainersAreNoneRatherThanACrash(Type type) {
        Stream.concat(type.places().stream(), type.pointers().id().own().all().stream())
                .map(JsonPointer::head)
                .filter(place -> !place.toString().isEmpty())
                .distinct()
                .forEach(container -> ODD.forEach(odd -> {
                    ObjectNode document = type.document().deepCopy();
                    JsonPlaces.put(document, container, json(odd));
                    try {
                        assertUsable(type, document);
                    } catch (ExchangeException | IdentityBrokerException refused) {
                        assertThat(type.pointers().id().own().all())
                                .anyMatch(place -> place.toString().startsWith(container + "/"));
                    }
                }));
        for (String whole : List.of("[]", "[[]]", "[{\"id\":\"1\"}]", "{}")) {
            assertThatThrownBy(() -> of(type, json(whole)))
                    .as(whole)
                    .isInstanceOfAny(ExchangeException.class, IdentityBrokerException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void idsAreKeptToTheLastDigit(Type type) {
        for (String id : List.of("9007199254740993", "18446744073709551617", "123456789012345678901234567890")) {
            for (String written : List.of(id, '"' + id + '"')) {
                ObjectNode document = type.document().deepCopy();
                type.pointers().id().own().all().forEach(place -> JsonPlaces.put(document, place, json(written)));
                assertThat(of(type, document).getId()).isEqualTo(type.subject(id));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNoIdIsNobodys(Type type) {
        for (String none : NO_ID) {
            ObjectNode document = type.document().deepCopy();
            type.pointers().id().own().all().forEach(place -> JsonPlaces.put(document, place, json(none)));
            assertThatThrownBy(() -> of(type, document)).as(none).isInstanceOf(ExchangeException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("described")
    void onlyAFlagThatIsSetVouches(Type type) {
        for (String odd : ODD) {
            if (odd.equals("true") || type.pointers().mail().verified().all().isEmpty()) {
                continue;
            }
            ObjectNode document = type.document().deepCopy();
            type.pointers().mail().verified().all().forEach(place -> JsonPlaces.put(document, place, json(odd)));
            // the other way to say it, where an id token and a profile differ
            type.pointers().mail().confirmed().all().forEach(place -> JsonPlaces.put(document, place, json("null")));
            assertThat(BrokeredIdentities.emailVouched(of(type, document)))
                    .as(odd)
                    .isFalse();
        }
    }

    /** What cannot be read ends where it is read; what can be read never ends in anything but a login or a refusal. */
    @ParameterizedTest
    @MethodSource("all")
    void oddJsonAtAnyPlaceOfAnyDocumentIsALoginOrARefusal(Type type) {
        Set<JsonPointer> places = new LinkedHashSet<>(type.places());
        places.addAll(type.pointers().id().own().all());
        places.addAll(type.pointers().id().prefix().all());
        places.addAll(places.stream()
                .map(JsonPointer::head)
                .filter(place -> !place.toString().isEmpty())
                .toList());
        for (JsonPointer place : places) {
            ObjectNode document = type.document().deepCopy();
            JsonPlaces.put(document, place, text("\u0001"));
            OddJson.in(document.toString().replace("\"\\u0001\"", OddJson.PLACE))
                    .map(StrictJson::read)
                    .flatMap(Optional::stream)
                    .forEach(read -> assertLoginOrRefusal(type, read));
        }
        OddJson.values().map(StrictJson::read).flatMap(Optional::stream).forEach(whole -> {
            assertLoginOrRefusal(type, whole);
            assertLoginOrRefusal(type, type.document(), Map.of("emails", whole, "profile", whole, "email", whole));
        });
    }

    private static void assertLoginOrRefusal(Type type, JsonNode read) {
        assertLoginOrRefusal(type, read, Map.of());
    }

    private static void assertLoginOrRefusal(Type type, JsonNode read, Map<String, JsonNode> further) {
        List<Evidence> all = new ArrayList<>(List.of(new Evidence.Profile(read, further, read, read)));
        if (type.provider().descriptor().idToken().isPresent() && read.isObject()) { // as a token's claims are
            all.add(new Evidence.IdTokenClaims(read));
            all.add(new Evidence.WithUnsignedNames(new Evidence.IdTokenClaims(read), "Zoë", null));
        }
        for (Evidence evidence : all) {
            try {
                Optional<String> subject = evidence.ofIdToken()
                        ? type.provider().subjectOfIdToken(read)
                        : type.provider().subject(read);
                if (subject.isPresent()) { // as the proof asks, before anything is extracted
                    BrokeredIdentityContext identity = BrokeredIdentities.of(type.provider(), evidence);
                    assertThat(identity.getId()).isNotBlank().hasSizeLessThanOrEqualTo(255);
                    assertThat(identity.getUsername()).isNotBlank().hasSizeLessThanOrEqualTo(255);
                }
            } catch (NullPointerException e) {
                throw new AssertionError(
                        read.toString()
                                .substring(0, Math.min(300, read.toString().length())),
                        e);
            } catch (ExchangeException | IdentityBrokerException refused) {
                assertThat(refused).hasMessageNotContaining("Exception");
            }
        }
    }

    private static void assertUsable(Type type, JsonNode document) {
        BrokeredIdentityContext identity = of(type, document);
        assertThat(identity.getId()).as(document.toString()).isEqualTo(type.subject(PERSON));
        assertThat(identity.getUsername()).as(document.toString()).isNotBlank().hasSizeLessThanOrEqualTo(255);
        assertThat(identity.getBrokerUserId()).isNotBlank();
        for (String text : new String[] {identity.getEmail(), identity.getFirstName(), identity.getLastName()}) {
            if (text != null) {
                assertThat(text).hasSizeLessThanOrEqualTo(255).doesNotContain("\0");
            }
            if (text != null && type.provider() instanceof DescribedIdentityProvider) {
                assertThat(text)
                        .as("Keycloak's own types write JSON down as text")
                        .doesNotContain("[", "{");
            }
        }
    }

    private static BrokeredIdentityContext of(Type type, JsonNode document) {
        JsonNode answer = json(document.toString());
        if (type.pointers().subject(answer).isEmpty()) { // as the proof does it, before anything is extracted
            throw ExchangeException.unavailable("profile_without_subject");
        }
        return BrokeredIdentities.of(type.provider(), Evidence.Profile.of(answer, Map.of()));
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text).orElseThrow();
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private static void remove(ObjectNode document, JsonPointer place) {
        if (document.at(place.head()) instanceof ObjectNode parent) {
            parent.remove(place.last().getMatchingProperty());
        }
    }
}
