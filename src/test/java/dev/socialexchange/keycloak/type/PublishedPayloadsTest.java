package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/**
 * Answers in the shape that the providers' documentation publishes, with everything that our simulators leave out, lead to
 * the identity that they obviously carry. {@code src/test/resources/payloads/<type>.yaml}; a type without a file is not
 * tested here.
 */
class PublishedPayloadsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * @param of {@code idToken}, or the profile
     * @param identity id, username, email, vouched (for the address), firstName, lastName; what is absent must not be there
     */
    record Payload(String of, JsonNode document, Map<String, JsonNode> further, Map<String, String> identity) {

        Evidence evidence() {
            return "idToken".equals(of)
                    ? new Evidence.IdTokenClaims(asAnswer(document))
                    : Evidence.Profile.of(asAnswer(document), Objects.requireNonNullElse(further, Map.of()));
        }
    }

    record Case(String type, ExchangeIdentityProvider provider, Payload payload) {

        @Override
        public String toString() {
            return type + " " + payload.identity().get("id");
        }
    }

    static Stream<Case> payloads() {
        return ProviderTypes.all().entrySet().stream().flatMap(type -> of(type.getKey()).stream()
                .map(payload -> new Case(type.getKey(), type.getValue(), payload)));
    }

    @Test
    void everyTypeHasASample() {
        assertThat(ProviderTypes.all().keySet())
                .contains("google", "apple")
                .filteredOn(
                        type -> !type.equals(CustomIdentityProvider.PROVIDER_ID)) // whose answers its admin describes
                .allSatisfy(type -> assertThat(of(type)).as(type).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void leadsToTheIdentityThatItCarries(Case published) {
        BrokeredIdentityContext identity =
                BrokeredIdentities.of(published.provider(), published.payload().evidence());

        Map<String, String> expected = new HashMap<>(published.payload().identity());
        assertThat(identity.getId()).isEqualTo(expected.remove("id"));
        assertThat(identity.getUsername())
                .isEqualTo(expected.remove("username").toLowerCase(Locale.ROOT)); // Keycloak (26.7)
        assertThat(identity.getEmail()).isEqualTo(expected.remove("email"));
        assertThat(BrokeredIdentities.emailVouched(identity))
                .isEqualTo(Boolean.parseBoolean(expected.remove("vouched")));
        if (published.provider() instanceof DescribedIdentityProvider || expected.containsKey("lastName")) {
            // the types of Keycloak's own make what they make of a name that is one word
            assertThat(blankToNull(identity.getFirstName())).isEqualTo(expected.remove("firstName"));
            assertThat(blankToNull(identity.getLastName())).isEqualTo(expected.remove("lastName"));
        }
        expected.remove("firstName");
        assertThat(expected).isEmpty();
    }

    static List<Payload> of(String type) {
        try (InputStream file = PublishedPayloadsTest.class.getResourceAsStream("/payloads/" + type + ".yaml")) {
            return file == null ? List.of() : YAML.readValue(file, new TypeReference<List<Payload>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(type, e);
        }
    }

    /** Through the parser that answers go through. */
    static JsonNode asAnswer(JsonNode document) {
        return StrictJson.read(document.toString()).orElseThrow();
    }

    private static String blankToNull(String name) {
        return name == null || name.isBlank() ? null : name;
    }
}
