package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People of another back end become users who are found by their accounts, and nobody else becomes theirs. */
@OlderKeycloakOnDemand
class ImportsIT {
    private static OwnRealm realm;
    private static App app;
    private static String acme;
    private static String partner;
    private static RealmAdmin importer;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm);
        acme = app.provider("acme");
        partner = app.provider("partner");
        importer = RealmAdmin.service(realm, "manage-users", "view-identity-providers");
    }

    @Test
    void whoWasImportedIsTheSamePersonWhenTheyCome() {
        List<Person> people = List.of(Suite.newPerson(), Suite.newPerson(), Suite.newPerson());
        String source = Suite.unique("s");
        String lines = people.stream().map(this::line).collect(Collectors.joining("\n"));

        Answer dry = bring(source, lines, "");
        assertThat(dry.status()).as(dry.body()).isEqualTo(200);
        assertThat(dry.json().path("dry_run").asBoolean()).isTrue();
        assertThat(outcome(dry, "created")).isEqualTo(3);
        assertThat(realm.linked(acme, people.get(0))).isEmpty();

        assertThat(outcome(bring(source, lines, "&dry_run=false&trust_verified=true"), "created"))
                .isEqualTo(3);
        int users = realm.admin().countUsers();
        for (Person person : people) {
            JsonNode user = realm.linked(acme, person).path(0);
            assertThat(user.path("emailVerified").asBoolean()).isTrue();
            assertThat(user.path("createdTimestamp").asLong()).isEqualTo(1_620_122_400_000L);
            Answer answer = app.plainRequest(acme, person).send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("user_created").asBoolean()).isFalse();
            assertThat(answer.claims().path("sub").asText())
                    .isEqualTo(user.path("id").asText());
        }
        assertThat(realm.admin().countUsers()).as("none created anew").isEqualTo(users);

        Answer again = bring(source, lines, "&dry_run=false");
        assertThat(outcome(again, "unchanged")).isEqualTo(3);
        assertThat(outcome(again, "created")).isZero();
        assertThat(again.json().path("findings")).isEmpty();
    }

    @Test
    void anAccountThatWasAddedMeanwhileComesByTheNextRun() {
        Person person = Suite.newPerson();
        Person elsewhere = Suite.newPerson();
        String source = Suite.unique("s");
        bring(source, line(person), "&dry_run=false");

        Answer answer = bring(
                source, line(person, account(acme, person) + "," + account(partner, elsewhere)), "&dry_run=false");

        assertThat(outcome(answer, "updated")).as(answer.body()).isEqualTo(1);
        assertThat(app.login(partner, elsewhere))
                .isEqualTo(realm.linked(acme, person).path(0).path("id").asText());
    }

    @Test
    void unverifiedStaysUnverifiedAndDisabledStaysDisabled() {
        Person person = Suite.newPerson();

        bring(
                Suite.unique("s"),
                line(person, account(acme, person))
                        .replace("\"emailVerified\":true", "\"emailVerified\":false,\"disabled\":true"),
                "&dry_run=false&trust_verified=true");

        JsonNode user = realm.linked(acme, person).path(0);
        assertThat(user.path("emailVerified").asBoolean()).isFalse();
        assertThat(user.path("enabled").asBoolean()).isFalse();
        assertThat(app.plainRequest(acme, person).send().errorReason()).isEqualTo("account_unavailable");
    }

    /** Whoever had registered with somebody's address at the old back end would have their account here. */
    @Test
    void theSourcesWordOnAnAddressCountsOnlyIfTheAdministratorSaysSo() {
        Person person = Suite.newPerson();

        bring(Suite.unique("s"), line(person), "&dry_run=false");

        assertThat(realm.linked(acme, person).path(0).path("emailVerified").asBoolean(true))
                .isFalse();
    }

    @Test
    void noAccountIsMergedWithAnother() {
        Person local = Suite.newPerson();
        String user = realm.user(Suite.unique("local"), local.email(), one -> one.put("emailVerified", true));
        Person linked = Suite.newPerson();
        app.login(acme, linked);
        Person twice = Suite.newPerson();
        Person fresh = Suite.newPerson().withoutEmail();
        int users = realm.admin().countUsers();

        Answer answer = bring(
                Suite.unique("s"),
                String.join(
                        "\n",
                        line(local),
                        line(linked).replace(linked.email(), "other-" + linked.email()),
                        line(twice),
                        line(twice).replace("of-" + twice.id(), "another").replace(twice.email(), "x" + twice.email()),
                        "{\"sourceId\":\"odd\",\"email\":\"odd@example.org\",\"identities\":[{\"alias\":\"nowhere\",\"userId\":\"1\"},"
                                + "{\"alias\":\"" + acme + "\",\"userId\":\"odd@example.org\"}]}",
                        "{\"sourceId\":\"nobody\"}",
                        "{\"sourceId\":\"guest\",\"anonymous\":true}",
                        "{\"sourceId\":\"misspelt\",\"emial\":\"a@example.org\"}",
                        "{\"sourceId\":\"short\",\"identities\":[" + account(acme, fresh) + "," + account(acme, twice)
                                + "]}"),
                "&dry_run=false&trust_verified=true");

        assertThat(codes(answer))
                .as(answer.body())
                .contains(
                        "1 email_exists",
                        "2 identity_taken",
                        "2 no_identity_left",
                        "4 identity_taken",
                        "4 no_identity_left",
                        "5 alias_unknown",
                        "5 id_shape",
                        "5 no_identity_left",
                        "6 nobody",
                        "7 anonymous",
                        "8 member_unknown",
                        "9 second_of_alias",
                        "9 will_be_asked");
        assertThat(outcome(answer, "created")).isEqualTo(2);
        assertThat(outcome(answer, "refused")).isEqualTo(7);
        assertThat(realm.admin().countUsers()).isEqualTo(users + 2);
        assertThat(realm.link(user, acme)).as("by its address alone").isEmpty();
        assertThat(realm.linked(acme, linked)).hasSize(1);
        assertThat(realm.linked(acme, twice)).hasSize(1);
        assertThat(answer.body()).doesNotContain(local.email());
    }

    /** Who has been imported may have become an administrator since: no export opens that account. */
    @Test
    void anAdministratorsAccountGetsNoFurtherWayIn() {
        Person person = Suite.newPerson();
        Person thief = Suite.newPerson();
        String source = Suite.unique("s");
        bring(source, line(person), "&dry_run=false");
        String user = realm.linked(acme, person).path(0).path("id").asText();
        RealmAdmin.grant(realm, user, "manage-users");

        Answer answer =
                bring(source, line(person, account(acme, person) + "," + account(partner, thief)), "&dry_run=false");

        assertThat(codes(answer)).contains("1 account_protected");
        assertThat(realm.linked(partner, thief)).isEmpty();
    }

    @Test
    void aLinkThatThePersonHasRemovedDoesNotComeBack() {
        Person person = Suite.newPerson();
        Person elsewhere = Suite.newPerson();
        String source = Suite.unique("s");
        String lines = line(person, account(acme, person) + "," + account(partner, elsewhere));
        bring(source, lines, "&dry_run=false");
        String user = realm.linked(acme, person).path(0).path("id").asText();
        realm.admin().delete("/users/" + user + "/federated-identity/" + partner);

        Answer again = bring(source, lines, "&dry_run=false");

        assertThat(codes(again)).as(again.body()).containsExactly("1 link_removed");
        assertThat(outcome(again, "unchanged")).isEqualTo(1);
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @Test
    void whoWasDeletedHereComesBackOnlyWhereItIsSaid() {
        Person person = Suite.newPerson();
        String source = Suite.unique("s");
        bring(source, line(person), "&dry_run=false");
        String user = realm.linked(acme, person).path(0).path("id").asText();
        realm.admin().deleteUser(user);

        Answer again = bring(source, line(person), "&dry_run=false");

        assertThat(codes(again)).as(again.body()).containsExactly("1 deleted_here");
        assertThat(realm.linked(acme, person)).isEmpty();
        assertThat(outcome(bring(source, line(person), "&dry_run=false&bring_deleted=true"), "created"))
                .isEqualTo(1);
        assertThat(realm.linked(acme, person).path(0).path("id").asText()).isEqualTo(user);
        assertThat(outcome(bring(source, line(person), "&dry_run=false"), "unchanged"))
                .isEqualTo(1);

        Answer undone = importer.request("imports?source=" + source + "&dry_run=false")
                .method("DELETE")
                .send();
        assertThat(undone.json().path("removed").asInt()).as(undone.body()).isEqualTo(1);
        assertThat(codes(bring(source, line(person), "&dry_run=false")))
                .as("whom taking that back has removed")
                .containsExactly("1 deleted_here");
    }

    /** The database would take both, and nobody could sign in with any of these accounts again. */
    @Test
    void importsAtOnceLinkNoAccountToTwoPeople() {
        List<Person> people = Stream.generate(Suite::newPerson).limit(20).toList();
        List<String> sources = List.of(Suite.unique("s"), Suite.unique("s"), Suite.unique("s"));

        List<Answer> answers = sources.parallelStream()
                .map(source -> bring(
                        source,
                        people.stream()
                                .map(person -> line(person).replace(person.email(), source + person.email()))
                                .collect(Collectors.joining("\n")),
                        "&dry_run=false"))
                .toList();

        assertThat(answers.stream()
                        .mapToInt(answer -> outcome(answer, "created"))
                        .sum())
                .isEqualTo(20);
        assertThat(people)
                .allSatisfy(person -> assertThat(realm.linked(acme, person)).hasSize(1));
    }

    @Test
    void aRunIsTakenBackButForWhoeverHasCome() {
        List<Person> people = List.of(Suite.newPerson(), Suite.newPerson(), Suite.newPerson());
        String source = Suite.unique("s");
        String lines = people.stream().map(this::line).collect(Collectors.joining("\n"));
        bring(source, lines, "&dry_run=false&job=first");
        bring(source, lines, "&dry_run=false&job=second");
        String came = app.login(acme, people.get(0));
        String query = "imports?source=" + source + "&job=";

        assertThat(importer.request(query + "first").method("GET").send().json())
                .isEqualTo(Json.lenient("{\"people\":3,\"came\":1}"));
        assertThat(importer.request(query + "second&dry_run=false")
                        .method("DELETE")
                        .send()
                        .json())
                .isEqualTo(Json.lenient("{\"removed\":0,\"kept\":0}"));
        assertThat(importer.request(query + "first").method("DELETE").send().json())
                .isEqualTo(Json.lenient("{\"removed\":2,\"kept\":1}"));
        assertThat(realm.linked(acme, people.get(1))).as("dry").hasSize(1);
        assertThat(importer.request(query + "first&dry_run=false")
                        .method("DELETE")
                        .send()
                        .json())
                .isEqualTo(Json.lenient("{\"removed\":2,\"kept\":1}"));

        assertThat(realm.linked(acme, people.get(0)).path(0).path("id").asText())
                .isEqualTo(came);
        assertThat(realm.linked(acme, people.get(1))).isEmpty();
        Answer again = bring(source, lines, "&dry_run=false");
        assertThat(outcome(again, "created"))
                .as("whoever was taken back can come")
                .isEqualTo(2);
    }

    /** By an administrator's hand, which is no arrival; a password that was brought is no change. */
    @Test
    void aRunIsTakenBackButForWhoeverHasBeenChanged() {
        List<Person> people = Stream.generate(Suite::newPerson).limit(4).toList();
        String source = Suite.unique("s");
        String untouched = line(people.get(0));
        bring(
                source,
                untouched.substring(0, untouched.length() - 1)
                        + ",\"password\":{\"format\":\"django\",\"value\":\"pbkdf2_sha256$1000$s4ltS4lt$Nr6TVFII2oD61Xhw2/fDQVWkch/UDeV3sq4ju5uMPL0=\"}}\n"
                        + people.stream().skip(1).map(this::line).collect(Collectors.joining("\n")),
                "&dry_run=false");
        List<String> users = people.stream()
                .map(person -> realm.linked(acme, person).path(0).path("id").asText())
                .toList();
        realm.admin()
                .put("/users/" + users.get(1) + "/reset-password", Map.of("type", "password", "value", "another one"));
        realm.admin().post("/roles", Map.of("name", source));
        realm.admin()
                .post(
                        "/users/" + users.get(2) + "/role-mappings/realm",
                        List.of(realm.admin().get("/roles/" + source)));
        ObjectNode corrected = realm.admin().user(users.get(3)).deepCopy();
        realm.admin().put("/users/" + users.get(3), corrected.put("email", "corrected-" + source + "@example.org"));

        Answer undone = importer.request("imports?source=" + source + "&dry_run=false")
                .method("DELETE")
                .send();

        assertThat(undone.json()).as(undone.body()).isEqualTo(Json.lenient("{\"removed\":1,\"kept\":3}"));
        assertThat(realm.linked(acme, people.get(0))).isEmpty();
    }

    /** Though it links nobody to anything. */
    @Test
    void aDryRunTellsOfItsOwnPeopleWhatARealOneWould() {
        Person first = Suite.newPerson();
        Person second = Suite.newPerson();
        String source = Suite.unique("s");
        String lines = String.join(
                "\n",
                line(first),
                line(second, account(acme, first) + "," + account(partner, second)),
                line(first),
                line(first, account(acme, first) + "," + account(partner, second)),
                line(second, account(acme, second) + "," + account(partner, first)));

        Answer dry = bring(source, lines, "");
        Answer real = bring(source, lines, "&dry_run=false");

        assertThat(dry.json().path("outcomes"))
                .as(dry.body())
                .isEqualTo(real.json().path("outcomes"));
        assertThat(codes(dry))
                .isEqualTo(codes(real))
                .containsExactly("2 identity_taken", "4 identity_taken", "5 another_account_linked");
    }

    @Test
    void anAdminEventTellsWhatWasWantedAndADryRunIsNoDeletion() {
        realm.admin().updateRealm(settings -> settings.put("adminEventsEnabled", true));
        String source = Suite.unique("s");

        bring(source, line(Suite.newPerson()), "&job=may&keep_ids=true");
        importer.request("imports?source=" + source + "&job=may")
                .method("DELETE")
                .send();

        List<String> told = StreamSupport.stream(
                        realm.admin().get("/admin-events?max=20").spliterator(), false)
                .filter(event -> event.at("/details/source").asText().equals(source))
                .map(event -> event.path("operationType").asText() + " "
                        + event.at("/details/job").asText() + " "
                        + event.at("/details/dry_run").asText() + " "
                        + event.at("/details/keep_ids").asText("-"))
                .toList();
        assertThat(told).containsExactlyInAnyOrder("ACTION may true true", "ACTION may true -");
    }

    /** Whoever could say any attribute could say one of ours, or one that a mapper makes a right of. */
    @Test
    void onlyAttributesOfTheRealmsProfileAreTaken() {
        Person person = Suite.newPerson();
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        profile.withArray("/attributes")
                .addObject()
                .put("name", "plan")
                .putObject("permissions")
                .putArray("edit")
                .add("admin");
        profile.put("unmanagedAttributePolicy", "ENABLED");
        realm.admin().put("/users/profile", profile);

        Answer answer = bring(
                Suite.unique("s"),
                line(person)
                        .replace(
                                "\"firstName\"",
                                "\"attributes\":{\"plan\":[\"gold\"],\"role\":\"admin\",\"email\":\"x@example.org\",\"social-exchange.import-came\":\"1\"},\"firstName\""),
                "&dry_run=false");

        assertThat(codes(answer))
                .as(answer.body())
                .containsOnly("1 attribute_unknown")
                .hasSize(3);
        JsonNode user = realm.linked(acme, person).path(0);
        assertThat(user.path("email").asText()).isEqualToIgnoringCase(person.email());
        JsonNode attributes = realm.admin().user(user.path("id").asText()).path("attributes");
        assertThat(attributes.path("plan").path(0).asText()).isEqualTo("gold");
        assertThat(attributes.has("role")).isFalse();
    }

    @Test
    void aUuidOfTheSourceIsKeptWhereItIsFree() {
        Person person = Suite.newPerson();
        Person other = Suite.newPerson();
        String source = Suite.unique("s");
        String id = UUID.randomUUID().toString();
        String lines = line(person).replace("of-" + person.id(), id.toUpperCase(Locale.ROOT));

        assertThat(outcome(bring(source, lines, "&dry_run=false&keep_ids=true"), "created"))
                .isEqualTo(1);
        assertThat(realm.linked(acme, person).path(0).path("id").asText()).isEqualTo(id);
        assertThat(outcome(bring(source, lines, "&dry_run=false&keep_ids=true"), "unchanged"))
                .isEqualTo(1);
        String local = realm.user(Suite.unique("local"), "local-" + other.email(), user -> {});
        for (String taken : List.of(id, local)) {
            Answer answer = bring(
                    Suite.unique("s"), line(other).replace("of-" + other.id(), taken), "&dry_run=false&keep_ids=true");
            assertThat(codes(answer)).as(answer.body()).containsExactly("1 id_taken");
        }
        assertThat(realm.linked(acme, other))
                .as("nobody's account is entered by an id")
                .isEmpty();
    }

    @Test
    void aVerificationTellsHowRealmAndSourceDifferAndChangesNothing() {
        Person there = Suite.newPerson();
        Person missing = Suite.newPerson();
        Person elsewhere = Suite.newPerson();
        String source = Suite.unique("s");
        bring(source, line(there), "&dry_run=false");
        String lines = line(there, account(acme, there) + "," + account(partner, elsewhere))
                        .replace("\"firstName\"", "\"disabled\":true,\"firstName\"")
                + "\n" + line(missing);

        Answer verified = bring(source, lines, "&verify=true&dry_run=false");

        assertThat(codes(verified))
                .as(verified.body())
                .containsExactly("1 enabled_here", "1 link_missing", "2 not_here");
        assertThat(verified.json().path("dry_run").asBoolean()).isTrue();
        assertThat(realm.linked(acme, missing)).isEmpty();
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pbkdf2-sha256, pbkdf2_sha256$1000$s4ltS4lt$Nr6TVFII2oD61Xhw2/fDQVWkch/UDeV3sq4ju5uMPL0=, 'Grüße, Zoë'",
        "social-exchange-bcrypt, $2b$10$R9h/cIPz0gi.URNNX3kh2OZXyAzn5Cz/1vfnBrpYJHhqJCk4WTBJ6, 'Grüße, Zoë'",
        "social-exchange-scrypt, scrypt$16384$s4ltS4lt$8$5$vA4LbGpVg9R3VT2Jl15WJlkFQnxGDH7gJ7pUJlojSFCnX3rizSmWKFoJsHdh3w5/d5B8D4+PQChj7qaILbK2sw==, 'Grüße, Zoë'",
        // as the README of Firebase's scrypt has them
        "social-exchange-firebase, 42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==, user1password"
    })
    void aForeignHashLetsItsOwnerInAndIsKeycloaksOwnAfterwards(String algorithm, String hash, String password) {
        String name = Suite.unique("u");
        String line = "{\"sourceId\":\"" + name + "\",\"username\":\"" + name + "\",\"email\":\"" + name
                + "@example.org\",\"firstName\":\"Mira\",\"lastName\":\"Kern\",\"password\":{\"format\":\"django\",\"value\":\"%s\"}}";

        String source = Suite.unique("s");
        Answer answer = bring(source, line.formatted(hash), "&dry_run=false");

        assertThat(codes(answer)).as(answer.body()).isEmpty();
        String user =
                realm.admin().userByUsername(name).orElseThrow().path("id").asText();
        assertThat(algorithm(user)).isEqualTo(algorithm);
        assertThat(realm.tokens()
                        .password(name, "another")
                        .as("admin-cli")
                        .send()
                        .error())
                .isEqualTo("invalid_grant");
        assertThat(algorithm(user)).isEqualTo(algorithm);
        assertThat(realm.tokens()
                        .password(name, password)
                        .as("admin-cli")
                        .send()
                        .status())
                .isEqualTo(200);
        assertThat(algorithm(user)).isEqualTo("argon2");
        assertThat(importer.request("imports?source=" + source)
                        .method("GET")
                        .send()
                        .json()
                        .path("came")
                        .asInt())
                .as("with a password, too")
                .isEqualTo(1);
        assertThat(realm.tokens()
                        .password(name, password)
                        .as("admin-cli")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aHashThatNobodyCanVerifyIsToldAndLeft() {
        Person person = Suite.newPerson();
        String line = line(person);

        Answer answer = bring(
                Suite.unique("s"),
                line.substring(0, line.length() - 1)
                        + ",\"password\":{\"format\":\"supabase\",\"value\":\"$2a$10$abcdefghijklmnopqrstuv\"}}",
                "&dry_run=false");

        assertThat(codes(answer)).containsExactly("1 password_left");
        String user = realm.linked(acme, person).path(0).path("id").asText();
        assertThat(realm.admin().get("/users/" + user + "/credentials")).isEmpty();
    }

    private static String algorithm(String user) {
        return Json.lenient(realm.admin()
                        .get("/users/" + user + "/credentials")
                        .path(0)
                        .path("credentialData")
                        .asText())
                .path("algorithm")
                .asText();
    }

    @Test
    void onlyWhoManagesUsersImportsThem() {
        for (RealmAdmin other : List.of(
                RealmAdmin.service(realm, "view-users", "view-identity-providers"),
                RealmAdmin.service(realm, "manage-users"))) {
            assertThat(other.request("imports?source=s").lines("{}").send().status())
                    .isEqualTo(403);
        }
        assertThat(importer.request("imports?source=S!").lines("{}").send().status())
                .isEqualTo(400);
        assertThat(importer.request("imports").lines("{}").send().status()).isEqualTo(400);
    }

    /** More than a transaction has; {@code -Dimport.people=} for as many as a request may have. */
    @Test
    void manyPeopleComeByOneRequest() {
        int number = Integer.getInteger("import.people", 120);
        String lines = lines(number);

        Answer answer = bring("many", lines, "&dry_run=false");

        assertThat(outcome(answer, "created")).as(answer.body()).isEqualTo(number);
        System.out.printf(
                "imported: %d people in %d ms%n", number, answer.took().toMillis());
        assertThat(outcome(bring("many", lines, "&dry_run=false"), "unchanged")).isEqualTo(number);
    }

    @Test
    void aMisspeltWordForFalseBringsNobody() {
        Person person = Suite.newPerson();

        for (String word : List.of("flase", "no", "0", "FALSE", "")) {
            assertThat(bring(Suite.unique("s"), line(person), "&dry_run=" + word)
                            .json()
                            .path("dry_run")
                            .asBoolean())
                    .as(word)
                    .isTrue();
        }
        assertThat(realm.linked(acme, person)).isEmpty();
    }

    @Test
    void aRequestHasNoMoreThanAThousandLines() {
        assertThat(bring("more", lines(1_001), "").status()).isEqualTo(400);
        assertThat(bring("long", "x".repeat(64 * 1024 + 1), "").status()).isEqualTo(400);
    }

    private static String lines(int number) {
        return IntStream.range(0, number)
                .mapToObj(one -> "{\"sourceId\":\"n" + one + "\",\"email\":\"n" + one + "@import.example\","
                        + "\"firstName\":\"N\",\"lastName\":\"N\",\"identities\":[{\"alias\":\"" + acme
                        + "\",\"userId\":\"imported-" + one + "\"}]}")
                .collect(Collectors.joining("\n"));
    }

    private static Answer bring(String source, String lines, String further) {
        return importer.request("imports?source=" + source + further)
                .lines(lines)
                .send();
    }

    private String line(Person person) {
        return line(person, account(acme, person));
    }

    private static String line(Person person, String accounts) {
        return ("{\"sourceId\":\"of-%s\",\"username\":\"%s\",\"email\":\"%s\",\"emailVerified\":true,\"firstName\":\"Mira\","
                        + "\"lastName\":\"Kern\",\"createdAt\":\"2021-05-04T10:00:00Z\",\"identities\":[%s]}")
                .formatted(person.id(), Suite.unique("u"), person.email(), accounts);
    }

    private static String account(String alias, Person person) {
        return "{\"alias\":\"" + alias + "\",\"userId\":\"" + person.id() + "\"}";
    }

    private static int outcome(Answer answer, String name) {
        return answer.json().path("outcomes").path(name).asInt();
    }

    private static List<String> codes(Answer answer) {
        return StreamSupport.stream(answer.json().path("findings").spliterator(), false)
                .map(finding -> finding.path("line").asText() + " "
                        + finding.path("code").asText())
                .toList();
    }
}
