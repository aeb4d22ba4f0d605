package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mapper that the server has for each kind of provider, with each of its settings missing, empty, malformed or wrong:
 * whoever comes gets tokens, or the contract's refusal, and can use the same token once the mapper is mended. The mappers and
 * their settings are the server's own list, so that a new one takes part by itself.
 */
class FaultyMapperIT {
    /** The demo realm's providers, of Keycloak's types and ours, and a described type. */
    private static final List<String> PROVIDERS =
            List.of("acme", "partner", "legacy", "google", "github", "facebook", "custom", "discord");

    private static final String LONG = "x".repeat(20_000);
    private static final Map<String, Integer> OUTCOMES = new TreeMap<>();

    private static final FaultyRealm REALM = FaultyRealm.create();

    static Stream<Arguments> mappers() {
        REALM.realm().admin().post("/groups", Map.of("name", "staff"));
        return PROVIDERS.stream().flatMap(kind -> {
            JsonNode types =
                    REALM.realm().admin().get("/identity-provider/instances/" + REALM.provider(kind) + "/mapper-types");
            List<Arguments> mappers = new ArrayList<>();
            types.fieldNames()
                    .forEachRemaining(type -> mappers.add(
                            Arguments.of(kind, type, types.path(type).path("properties"))));
            return mappers.stream();
        });
    }

    @AfterAll
    static void tell() {
        OUTCOMES.forEach((outcome, times) -> System.out.println(times + " × " + outcome));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("mappers")
    void everySettingOfEveryMapperCanBeWrong(String kind, String type, JsonNode properties) {
        String alias = REALM.provider(kind);
        Person known = FaultyRealm.newPerson();
        Map<String, String> right = new LinkedHashMap<>(Map.of("syncMode", "FORCE"));
        properties.forEach(property -> right.put(property.path("name").asText(), right(property)));
        ObjectNode mapper = REALM.mapper(alias, type, right);
        REALM.login(alias, known);

        wrong(right, properties).forEach((what, config) -> {
            REALM.configureMapper(alias, mapper, config);
            Person newcomer = FaultyRealm.newPerson();
            TokenRequest first = REALM.request(alias, newcomer);
            TokenRequest later = REALM.request(alias, known);
            Answer firstAnswer = first.send();
            verify(kind, type, what, mapper, firstAnswer);
            if (firstAnswer.status() != 200) {
                REALM.assertNobody(alias, newcomer);
            }
            Answer laterAnswer = later.send();
            verify(kind, type, what, mapper, laterAnswer);
            if (firstAnswer.status() != 200 || laterAnswer.status() != 200) {
                REALM.configureMapper(alias, mapper, right);
                assertMended(firstAnswer, first);
                assertMended(laterAnswer, later);
            }
        });
    }

    private static void assertMended(Answer before, TokenRequest request) {
        if (before.status() != 200) {
            Answer answer = request.send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private static void verify(String kind, String type, String what, ObjectNode mapper, Answer answer) {
        OUTCOMES.merge("%s: %s: %s %s".formatted(type, what, answer.status(), answer.errorReason()), 1, Integer::sum);
        FaultyRealm.assertContract(answer);
        assertThat(answer.status()).as("%s %s: %s", kind, what, answer.body()).isNotEqualTo(503);
        if (answer.errorReason().equals("setup_faulty")) {
            assertThat(REALM.lastReason())
                    .isEqualTo("setup_faulty: mapper %s (%s)"
                            .formatted(mapper.path("name").asText(), type));
        }
    }

    /** A value that the setting may well have. */
    private static String right(JsonNode property) {
        String name = property.path("name").asText();
        String given = property.path("defaultValue").asText("");
        return switch (property.path("type").asText()) {
            case "Role" -> "offline_access";
            case "Group" -> "/staff";
            case "Map" -> "[{\"key\":\"email\",\"value\":\".*\"}]";
            case "boolean" -> "true";
            case "List" -> property.path("options").path(0).asText();
            default ->
                !given.isEmpty() && !given.equals("null")
                        ? given
                        : name.toLowerCase().contains("attribute") ? "department" : "email";
        };
    }

    private static List<String> wrong(JsonNode property) {
        List<String> values = new ArrayList<>(List.of("", "  ", "no such thing", "[", "\\", LONG));
        values.addAll(
                switch (property.path("type").asText()) {
                    case "Role" -> List.of("no-such-client.no-such-role", "account.no-such-role", ".", "a.b.c");
                    case "Group" -> List.of("/no/such/group", "/", "//", "/staff/");
                    case "Map" ->
                        List.of(
                                "{}",
                                "[]",
                                "null",
                                "[null]",
                                "[{}]",
                                "[[]]",
                                "[{\"key\":null,\"value\":null}]",
                                "[{\"key\":\"email\"}]",
                                "[{\"value\":\"x\"}]",
                                "[{\"key\":\"email\",\"value\":\"[\"}]",
                                "[{\"key\":\"email\",\"value\":{\"a\":1}}]",
                                "[{\"key\":\"email\",\"value\":\"a\"},{\"key\":\"email\",\"value\":\"b\"}]");
                    case "boolean", "List" -> List.of("maybe", "null");
                    default ->
                        List.of(
                                ".",
                                "a.b[0",
                                "a[x]",
                                "${",
                                "${CLAIM.",
                                "${CLAIM.no_such_claim}",
                                "${CLAIM.email | nosuchfunction}",
                                "${ALIAS | uppercase | }",
                                "email",
                                "username",
                                "{}");
                });
        return values;
    }

    private static Map<String, Map<String, String>> wrong(Map<String, String> right, JsonNode properties) {
        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        wrong.put("no settings", Map.of());
        properties.forEach(property -> {
            String name = property.path("name").asText();
            wrong.put(name + " missing", without(right, name));
            wrong(property).forEach(value -> wrong.put(name + '=' + shown(value), with(right, name, value)));
        });
        wrong.put("syncMode missing", without(right, "syncMode"));
        Stream.of("IMPORT", "LEGACY", "INHERIT", "", "NOW", "force")
                .forEach(mode -> wrong.put("syncMode=" + mode, with(right, "syncMode", mode)));
        return wrong;
    }

    private static String shown(String value) {
        return value.length() > 100 ? "(long)" : value;
    }

    private static Map<String, String> without(Map<String, String> settings, String name) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.remove(name);
        return changed;
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(name, value);
        return changed;
    }
}
