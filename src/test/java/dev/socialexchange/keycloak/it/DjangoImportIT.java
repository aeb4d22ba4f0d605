package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.ImportProgram;
import dev.socialexchange.keycloak.it.support.ImportProgram.Run;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.LostAnswers;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The people of a real Django project with social-auth-app-django (Debian: {@code python3-social-django}) are brought by the real program ({@code mvn -f importer
 * package}), and come through the old address: the project's own test client asks there, where the realm's door is now in the place of its view. Everybody is who they were,
 * with id, name, groups and attributes.
 */
@WithOneKeycloak
class DjangoImportIT {
    private static final int PEOPLE = Integer.getInteger("django.people", 60);
    private static final int ANSWERED = 10;
    private static final String PYTHON = "/usr/bin/python3";

    /** By python-social-auth's names, each with ours. */
    private static final List<Map.Entry<String, String>> BACKENDS = List.of(
            Map.entry("google-oauth2", "google"),
            Map.entry("facebook", "facebook"),
            Map.entry("github", "github"),
            Map.entry("discord", "discord"),
            Map.entry("twitch", "twitch"),
            Map.entry("yandex-oauth2", "yandex"));

    @TempDir
    private Path folder;

    private final OwnRealm realm = OwnRealm.create();
    private final App app =
            App.of(realm, client -> client.withObject("/attributes").put("social-exchange.doors", "drf-social-oauth2"));
    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final List<Person> people = new ArrayList<>();
    private final List<String> uids = new ArrayList<>();
    private String group;

    @Test
    void everybodyIsTheSamePersonAsBefore() throws Exception {
        ImportProgram program = new ImportProgram(folder);
        assumeTrue(
                ImportProgram.isBuilt()
                        && program.run(null, List.of(PYTHON, "-c", "import social_django"))
                                        .status()
                                == 0,
                "no python3-social-django, or the program for imports is not built: mvn -f importer package");
        openProviders();
        Path fixture = folder.resolve("people.json");
        Run dumped = program.run(Json.write(project()), List.of(PYTHON, "src/test/django/people.py"));
        assertThat(dumped.status()).as(dumped.errors()).isZero();
        Files.writeString(fixture, dumped.output());

        Run translated = program.translate("python-social-auth", fixture, aliases);
        assertThat(translated.errors())
                .contains("people: " + PEOPLE, "lost, " + aliases.get("google-oauth2") + ": id_is_address: 1");
        Path lines = Files.writeString(folder.resolve("people.ndjson"), translated.output());
        String importer = RealmAdmin.client(realm, "manage-users", "view-identity-providers");
        int before = realm.admin().countUsers();

        assertThat(program.send(lines, realm, importer, "django").errors())
                .contains("created: " + PEOPLE, "identity_lost: 1");
        assertThat(realm.admin().countUsers()).as("nothing comes of a dry run").isEqualTo(before);
        int there = killedOnTheWay(program, lines, importer);
        Run rest = program.send(lines, realm, importer, "django", "--for-real");

        assertThat(rest.errors()).contains("unchanged: " + there, "created: " + (PEOPLE - there));
        assertThat(realm.admin().countUsers()).isEqualTo(before + PEOPLE);
        Map<String, JsonNode> brought = users();
        List<String> grouped = groupEveryTenth(brought);
        everybodyComesBack(fixture, brought);
        assertThat(users()).as("all are who they were, and none is made anew").isEqualTo(brought);
        assertThat(members()).containsExactlyInAnyOrderElementsOf(grouped);
        assertThat(program.send(lines, realm, importer, "django", "--for-real").errors())
                .contains("unchanged: " + PEOPLE);
    }

    private void openProviders() {
        for (Map.Entry<String, String> backend : BACKENDS) {
            boolean ofTheDemo = List.of("google", "facebook", "github").contains(backend.getValue());
            aliases.put(
                    backend.getKey(),
                    ofTheDemo ? app.provider(backend.getValue()) : app.described(backend.getValue(), copy -> {}));
        }
        StringBuilder pairs = new StringBuilder();
        aliases.forEach((backend, alias) -> pairs.append(pairs.isEmpty() ? "" : "##")
                .append(backend)
                .append('=')
                .append(alias));
        realm.admin().updateClient(app.clientId(), client -> client.withObject("/attributes")
                .put("social-exchange.door-aliases", pairs.toString()));
    }

    /** Of Google's, every other uid is an address, as that backend keeps it; the last of them nobody can repair, and that person is brought without it. */
    private List<Map<String, Object>> project() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number++) {
            Person person = Suite.newPerson().withId("80351110" + (1_000_000_000L + number));
            Suite.providers().people().add(person);
            people.add(person);
            boolean last = number == PEOPLE - 1;
            String backend = last
                    ? "google-oauth2"
                    : BACKENDS.get(number % BACKENDS.size()).getKey();
            boolean address = backend.equals("google-oauth2") && (last || number % 2 == 0);
            String token = "e30."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(("{\"sub\":\"" + person.id() + "\"}").getBytes(StandardCharsets.UTF_8))
                    + ".c2ln";
            uids.add(address ? person.email() : person.id());
            rows.add(Map.of(
                    "username",
                    "django-" + person.username(),
                    "email",
                    person.email(),
                    "first_name",
                    "Mira",
                    "last_name",
                    "Kern",
                    "is_active",
                    true,
                    "accounts",
                    List.of(Map.of(
                            "provider",
                            backend,
                            "uid",
                            uids.get(number),
                            "extra_data",
                            address && !last ? Map.of("id_token", token) : Map.of()))));
        }
        return rows;
    }

    /** The last one cannot be known by the account that was lost. */
    private void everybodyComesBack(Path fixture, Map<String, JsonNode> brought) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (int number = 0; number < PEOPLE - 1; number++) {
            Map.Entry<String, String> backend = BACKENDS.get(number % BACKENDS.size());
            Provider provider = List.of("google", "facebook", "github").contains(backend.getValue())
                    ? ProviderTokens.of(backend.getValue())
                    : Suite.providers().described(backend.getValue());
            tokens.put(
                    backend.getKey() + ' ' + uids.get(number),
                    provider.accessToken(provider.clientId(), people.get(number)));
        }
        String door = new Doors(realm)
                .uri("drop-in/drf-social-oauth2/" + app.clientId())
                .toString();
        Run asked = new ImportProgram(folder)
                .run(
                        Json.write(Map.of("fixture", fixture.toString(), "door", door, "tokens", tokens)),
                        List.of(PYTHON, "src/test/django/shop.py"));
        assertThat(asked.status()).as(asked.errors()).isZero();
        JsonNode came = Json.lenient(asked.output());
        assertThat(came).hasSize(PEOPLE - 1);
        for (JsonNode one : came) {
            assertThat(one.path("sub").asText())
                    .isEqualTo(brought.get(one.path("username").asText())
                            .path("id")
                            .asText());
        }
    }

    /** By name, with all that there is about them but when they first came. */
    private Map<String, JsonNode> users() {
        Map<String, JsonNode> users = new LinkedHashMap<>();
        realm.admin().get("/users?briefRepresentation=false&max=" + 10 * PEOPLE).forEach(user -> {
            if (user.path("attributes") instanceof ObjectNode attributes) {
                attributes.remove("social-exchange.import-came");
            }
            users.put(user.path("username").asText(), user);
        });
        return users;
    }

    /** As an administrator may have done since they were brought; answers who. */
    private List<String> groupEveryTenth(Map<String, JsonNode> users) {
        group = realm.admin().post("/groups", Map.of("name", "customers"));
        List<String> grouped = new ArrayList<>();
        for (int number = 0; number < PEOPLE; number += 10) {
            String id = users.get("django-" + people.get(number).username())
                    .path("id")
                    .asText();
            realm.admin().put("/users/" + id + "/groups/" + group, Map.of());
            grouped.add(id);
        }
        return grouped;
    }

    private List<String> members() {
        return realm.admin().get("/groups/" + group + "/members?max=" + PEOPLE).findValuesAsText("id");
    }

    /** By SIGKILL, while it waits for an answer: what it has asked for by then the server has done. */
    private int killedOnTheWay(ImportProgram program, Path lines, String importer) throws Exception {
        int before = realm.admin().countUsers();
        try (LostAnswers answers = new LostAnswers(realm.server(), "/imports", ANSWERED)) {
            Process sending = program.startSending(
                    answers.url(), lines, realm, importer, "django", "--for-real", "--lines=1", "--lanes=1");
            boolean onTheWay = answers.await();
            sending.destroyForcibly().waitFor();
            assertThat(onTheWay).isTrue();
        }
        int there = realm.admin().countUsers() - before;
        assertThat(there).isEqualTo(ANSWERED + 1);
        return there;
    }
}
