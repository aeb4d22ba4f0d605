package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.socialexchange.keycloak.JsonPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people leave behind when they edit a file, at every place of every shipped descriptor: it is refused with the line, or
 * read into something that can be used. Nothing else happens.
 */
class DescriptorMistakesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final List<JsonNode> NOTHING = List.of(
            NODES.nullNode(), NODES.arrayNode().addNull(), NODES.objectNode().putNull("key"));
    private static final List<JsonNode> SOMETHING = List.of(
            NODES.arrayNode(),
            NODES.objectNode(),
            NODES.textNode(""),
            NODES.textNode("text"),
            NODES.textNode("{"),
            NODES.numberNode(7),
            NODES.booleanNode(true),
            NODES.arrayNode().add("text"),
            NODES.arrayNode().add(7),
            NODES.objectNode().put("key", "text"));

    @ParameterizedTest
    @MethodSource("dev.socialexchange.keycloak.descriptor.DescriptorSchemaTest#shipped")
    void nothingIsRefusedWhereverItStands(Path file) throws IOException {
        everywhere((ObjectNode) YAML.readTree(file.toFile()), NOTHING, (place, yaml) -> assertThatThrownBy(
                        () -> DescriptorReader.read(yaml, "x.yaml"))
                .as(place)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("x\\.yaml, line \\d+: .*is empty"));
    }

    @ParameterizedTest
    @MethodSource("dev.socialexchange.keycloak.descriptor.DescriptorSchemaTest#shipped")
    void otherKindsOfValuesAreRefusedWithTheirLineOrCanBeUsed(Path file) throws IOException {
        everywhere((ObjectNode) YAML.readTree(file.toFile()), SOMETHING, (place, yaml) -> {
            Optional<Descriptor> read = readOrRefused(place, yaml);
            read.filter(descriptor -> DescriptorRules.brokenIn(descriptor).isEmpty())
                    .ifPresent(descriptor -> use(descriptor, place));
        });
    }

    private static Optional<Descriptor> readOrRefused(String place, byte[] yaml) {
        try {
            return Optional.of(DescriptorReader.read(yaml, "x.yaml").descriptor());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).as(place).hasMessageMatching("x\\.yaml, line \\d+: .+");
            return Optional.empty();
        }
    }

    /** All that the engine does with it before a provider answers, and then with an answer that has nothing. */
    private static void use(Descriptor descriptor, String place) {
        Map<String, String> values =
                Map.of("token", "t", "client_id", "c", "client_secret", "s", "token_type_hint", "h", "id", "i");
        List<CallTemplate> calls = new ArrayList<>();
        descriptor.accessToken().ifPresent(rules -> {
            rules.binding().flatMap(Binding::asked).ifPresent(calls::add);
            rules.profile().ifPresent(calls::add);
            calls.addAll(rules.further().values());
        });
        descriptor.revocation().ifPresent(calls::add);
        descriptor.withdrawal().flatMap(Withdrawal::call).ifPresent(calls::add);
        assertThat(descriptor.withdrawnBy()).as(place).isNotEmpty();
        descriptor.check().call().ifPresent(calls::add);
        CheckRules.Signs signs = descriptor.check().signs();
        assertThat(signs.right().isIn(0, NODES.objectNode())
                        && signs.wrong().isIn(0, NODES.objectNode())
                        && signs.registered().lacksClient(NODES.objectNode())
                        && signs.registered().lacksRedirectUri(NODES.objectNode()))
                .as(place)
                .isFalse();
        for (CallTemplate call : calls) {
            assertThat(call.call(values, Endpoints.AS_THEY_ARE).uri().getHost())
                    .as(place)
                    .isNotBlank();
            call.accepts(NODES.objectNode());
        }
        TemporarySign.is(descriptor.temporary(), 400, Map.of(), NODES.objectNode());
        assertThat(descriptor.identity().profile().subject(NODES.objectNode()))
                .as(place)
                .isEmpty();
        descriptor.provable();
        descriptor.givesAddresses();
        descriptor.givesNames();
    }

    private interface Look {
        void at(String place, byte[] yaml) throws IOException;
    }

    private static void everywhere(ObjectNode shipped, List<JsonNode> values, Look look) {
        for (JsonPointer place : places(shipped, JsonPointer.empty())) {
            for (JsonNode value : values) {
                ObjectNode changed = shipped.deepCopy();
                JsonPlaces.put(changed, place, value);
                try {
                    look.at(place + " = " + value, YAML.writeValueAsBytes(changed));
                } catch (IOException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }

    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>();
        Stream<JsonPointer> below = node.isObject()
                ? node.properties().stream().map(field -> at.appendProperty(field.getKey()))
                : IntStream.range(0, node.size()).mapToObj(at::appendIndex);
        below.forEach(place -> {
            places.add(place);
            places.addAll(
                    places(node.at(place.toString().substring(at.toString().length())), place));
        });
        return places;
    }
}
