package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.JsonPlaces;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/**
 * A profile and an id token of one provider have the person's data in different places, and each may carry more: what stands in
 * the other kind's places changes nothing.
 */
class DocumentKindsTest {
    private static final String PERSON = "00000000-0000-0000-1815-120101852121";
    private static final String SOMEBODY_ELSE = "00000000-0000-0000-1843-100101852121";

    /** What a kind of document says about somebody. */
    private record Kind(ExchangeIdentityProvider provider, boolean idToken) {

        IdentityPointers pointers() {
            Identity identity = provider.descriptor().identity();
            return idToken ? identity.inIdToken() : identity.profile();
        }

        Evidence evidence(JsonNode document) {
            return idToken ? new Evidence.IdTokenClaims(document) : Evidence.Profile.of(document, Map.of());
        }

        Optional<String> subject(JsonNode document) {
            return idToken ? provider.subjectOfIdToken(document) : provider.subject(document);
        }

        ObjectNode document() {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            places(pointers()).forEach(place -> put(document, place, "x"));
            pointers().id().prefix().all().forEach(place -> put(document, place, "T1"));
            pointers().mail().address().all().forEach(place -> put(document, place, "ada@example.org"));
            pointers().id().own().all().forEach(place -> put(document, place, PERSON));
            return document;
        }

        @Override
        public String toString() {
            return provider.descriptor().id() + (idToken ? " id token" : " profile");
        }
    }

    static Stream<Kind> kinds() {
        return ofBothKinds().flatMap(provider -> Stream.of(new Kind(provider, false), new Kind(provider, true)));
    }

    static Stream<ExchangeIdentityProvider> ofBothKinds() {
        return ProviderTypes.all().values().stream()
                .filter(provider -> provider.descriptor().idToken().isPresent())
                .filter(provider -> provider.descriptor().signedData().isPresent()
                        || provider.descriptor().opensProfile());
    }

    @ParameterizedTest
    @MethodSource("ofBothKinds")
    void theIdHasOnePlaceInEachKindOfDocument(ExchangeIdentityProvider provider) {
        for (boolean idToken : new boolean[] {false, true}) {
            assertThat(new Kind(provider, idToken).pointers().id().own().all())
                    .as("of several one could be somebody else's word")
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theOtherKindsPlacesChangeNothing(Kind kind) {
        String before = seen(kind, kind.document());
        Set<JsonPointer> own = places(kind.pointers());
        for (JsonPointer foreign : places(new Kind(kind.provider(), !kind.idToken()).pointers())) {
            if (own.stream().noneMatch(place -> overlap(place, foreign))) {
                ObjectNode document = kind.document();
                put(document, foreign, SOMEBODY_ELSE);
                assertThat(seen(kind, document)).as(foreign.toString()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withoutItsOwnIdADocumentIsAboutNobody(Kind kind) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        places(new Kind(kind.provider(), !kind.idToken()).pointers())
                .forEach(place -> put(document, place, SOMEBODY_ELSE));
        boolean sameId = kind.pointers()
                .id()
                .own()
                .equals(new Kind(kind.provider(), !kind.idToken())
                        .pointers()
                        .id()
                        .own());
        assertThat(kind.subject(document).isPresent()).isEqualTo(sameId);
    }

    /** The case that this was found by: an optional claim of the tenant's own making. */
    @Test
    void aClaimIdDoesNotWinOverMicrosoftsOid() {
        ExchangeIdentityProvider microsoft = ProviderTypes.all().get("microsoft");
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("oid", PERSON)
                .put("tid", "11111111-2222-3333-4444-555555555555")
                .put("id", SOMEBODY_ELSE)
                .put("mail", "somebody.else@example.org")
                .put("email", "ada@example.org");

        BrokeredIdentityContext identity = BrokeredIdentities.of(microsoft, new Evidence.IdTokenClaims(claims));

        assertThat(identity.getId()).isEqualTo(PERSON);
        assertThat(identity.getEmail()).isEqualTo("ada@example.org");
        assertThat(microsoft.subjectOfIdToken(claims)).contains(PERSON);
    }

    /** What a signal has revoked is known by it, whichever document tells who it is. */
    @Test
    void profileIsAsOldAsTheOldestIdTokenBesideIt() {
        ObjectNode profile = JsonNodeFactory.instance.objectNode().put("id", PERSON);
        ObjectNode ofCode = JsonNodeFactory.instance.objectNode().put("iat", 2_000);
        ObjectNode sent = JsonNodeFactory.instance.objectNode().put("iat", 1_000);
        ExchangeIdentityProvider github = ProviderTypes.all().get("github");

        assertThat(BrokeredIdentities.issuedAt(
                        BrokeredIdentities.of(github, new Evidence.Profile(profile, Map.of(), null, ofCode, sent))))
                .contains(1_000L);
        assertThat(BrokeredIdentities.issuedAt(
                        BrokeredIdentities.of(github, new Evidence.Profile(profile, Map.of(), null, ofCode))))
                .contains(2_000L);
        assertThat(BrokeredIdentities.issuedAt(BrokeredIdentities.of(github, Evidence.Profile.of(profile, Map.of()))))
                .isEmpty();
    }

    private static String seen(Kind kind, ObjectNode document) {
        if (document.has("oid")) {
            document.put("tid", "11111111-2222-3333-4444-555555555555");
        }
        BrokeredIdentityContext identity = BrokeredIdentities.of(kind.provider(), kind.evidence(document));
        List<Object> seen = new ArrayList<>();
        seen.add(kind.subject(document));
        seen.add(identity.getId());
        seen.add(identity.getUsername());
        seen.add(identity.getEmail());
        seen.add(BrokeredIdentities.emailVouched(identity));
        seen.add(identity.getFirstName());
        seen.add(identity.getLastName());
        return seen.toString();
    }

    private static Set<JsonPointer> places(IdentityPointers all) {
        return Stream.of(
                        all.id().prefix(),
                        all.id().own(),
                        all.username().place(),
                        all.mail().address(),
                        all.mail().verified(),
                        all.mail().confirmed(),
                        all.names().whole(),
                        all.names().given(),
                        all.names().family(),
                        all.mail().hostedDomain())
                .flatMap(pointers -> pointers.all().stream())
                .collect(Collectors.toSet());
    }

    /** One of them leads through the other: a document cannot have both. */
    private static boolean overlap(JsonPointer one, JsonPointer other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }

    private static void put(ObjectNode document, JsonPointer place, String value) {
        JsonPlaces.put(document, place, JsonNodeFactory.instance.textNode(value));
    }
}
