package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.FailingMapper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mapper that the server has for each kind of provider, with each of its settings missing, empty, malformed or wrong:
 * whoever comes gets tokens, or the contract's refusal, and can use the same token once the mapper is mended. The mappers and
 * their settings are the server's own list, so that a new one takes part by itself.
 */
@OlderKeycloakOnDemand
class FaultyMapperIT {
    /** The demo realm's providers, of Keycloak's types and ours, and a described type. */
    private static final List<String> PROVIDERS =
            List.of("acme", "partner", "legacy", "google", "github", "facebook", "custom", "discord");

    private static final String LONG = "x".repeat(20_000);

    /** Types that have been tried with all values: at further providers only what is missing is tried. */
    private static final Set<String> TRIED = new HashSet<>();

    private static final FaultyRealm REALM = FaultyRealm.create();

    static Stream<Arguments> mappers() {
        REALM.realm().admin().post("/groups", Map.of("name", "staff"));
        return PROVIDERS.stream().flatMap(kind -> {
            JsonNode types =
                    REALM.realm().admin().get("/identity-provider/instances/" + REALM.provider(kind) + "/mapper-types");
            List<Arguments> mappers = new ArrayList<>();
            types.fieldNames().forEachRemaining(type -> {
                if (isTried(kind, type)) {
                    mappers.add(Arguments.of(kind, type, types.path(type).path("properties")));
                }
            });
            return mappers.stream();
        });
    }

    /** The failing mapper has a test of its own; names from a template of claims need a provider that has claims. */
    private static boolean isTried(String kind, String type) {
        return !type.equals(FailingMapper.ID)
                && (!type.equals("oidc-username-idp-mapper")
                        || Set.of("acme", "partner", "google").contains(kind));
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

        wrong(right, properties, TRIED.add(type)).forEach((what, config) -> {
            REALM.configureMapper(alias, mapper, config);
            Person newcomer = FaultyRealm.newPerson();
            TokenRequest first = REALM.request(alias, newcomer);
            TokenRequest later = REALM.request(alias, known);
            Answer firstAnswer = first.send();
            verify(kind, type, what, mapper, firstAnswer);
            if (firstAnswer.status() != 200 && !REALM.lastReason().contains("required_action_")) { // who may stay
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
        FaultyRealm.assertContract(answer);
        assertThat(answer.status()).as("%s %s: %s", kind, what, answer.body()).isNotEqualTo(503);
        if (answer.errorReason().equals("setup_faulty")) {
            assertThat(REALM.lastReason())
                    .startsWith("setup_faulty: mapper %s (%s)"
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
                name.equals("template")
                        ? "${ALIAS}.${CLAIM.sub}"
                        : !given.isEmpty() && !given.equals("null")
                                ? given
                                : name.toLowerCase().contains("attribute") ? "department" : "email";
        };
    }

    private static List<String> wrong(JsonNode property) {
        List<String> values = new ArrayList<>(List.of("", "  ", "no such thing", "[", LONG));
        values.addAll(
                switch (property.path("type").asText()) {
                    case "Role" -> List.of("no-such-client.no-such-role", ".", "a.b.c");
                    case "Group" -> List.of("/no/such/group", "//");
                    case "Map" ->
                        List.of(
                                "{}",
                                "null",
                                "[null]",
                                "[{}]",
                                "[{\"key\":\"email\"}]",
                                "[{\"value\":\"x\"}]",
                                "[{\"key\":\"email\",\"value\":\"[\"}]",
                                "[{\"key\":\"email\",\"value\":{\"a\":1}}]");
                    case "boolean", "List" -> List.of("maybe");
                    default -> List.of("a.b[0", "a[x]", "${CLAIM.no_such_claim}", "${CLAIM.email | none}", "username");
                });
        return values;
    }

    private static Map<String, Map<String, String>> wrong(
            Map<String, String> right, JsonNode properties, boolean thoroughly) {
        Map<String, Map<String, String>> wrong = new LinkedHashMap<>();
        wrong.put("no settings", Map.of());
        properties.forEach(property -> {
            String name = property.path("name").asText();
            wrong.put(name + " missing", without(right, name));
            if (thoroughly) {
                wrong(property).forEach(value -> wrong.put(name + '=' + shown(value), with(right, name, value)));
            }
        });
        if (thoroughly) {
            wrong.put("syncMode missing", without(right, "syncMode"));
            Stream.of("IMPORT", "", "NOW")
                    .forEach(mode -> wrong.put("syncMode=" + mode, with(right, "syncMode", mode)));
        }
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
