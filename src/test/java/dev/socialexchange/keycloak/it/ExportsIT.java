package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.ImportProgram;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Exports in the forms that their back ends document, of invented people, go the whole way by the real program, and their people come. */
@WithOneKeycloak
class ExportsIT {
    private static final int PEOPLE = 3;

    private static final OwnRealm REALM = OwnRealm.create();
    private static final App APP = App.of(REALM);
    private static final String GOOGLE = APP.provider("google");
    private static final String IMPORTER = RealmAdmin.client(REALM, "manage-users", "view-identity-providers");

    @TempDir
    private Path folder;

    /** By what the program calls them: its name for Google, what is around one person and the next, and one person. */
    enum BackEnd {
        FIREBASE(
                "google.com",
                "{\"users\": [",
                ",",
                "]}",
                "{\"localId\":\"%1$s\",\"email\":\"%2$s\",\"emailVerified\":true,\"displayName\":\"Mira Kern\",\"lastSignedInAt\":\"1719000000000\",\"createdAt\":\"1688000000000\","
                        + "\"providerUserInfo\":[{\"providerId\":\"google.com\",\"rawId\":\"%1$s\",\"email\":\"%2$s\",\"displayName\":\"Mira Kern\"}]}"),
        AUTH0(
                "google-oauth2",
                "",
                "\n",
                "",
                "{\"user_id\":\"google-oauth2|%1$s\",\"email\":\"%2$s\",\"email_verified\":true,\"given_name\":\"Mira\",\"family_name\":\"Kern\",\"created_at\":\"2022-02-03T04:05:06.000Z\","
                        + "\"identities\":[{\"provider\":\"google-oauth2\",\"connection\":\"google-oauth2\",\"user_id\":\"%1$s\",\"isSocial\":true}]}"),
        COGNITO(
                "Google",
                "{\"Users\":[",
                ",",
                "]}",
                "{\"Username\":\"google_%1$s\",\"Enabled\":true,\"UserStatus\":\"EXTERNAL_PROVIDER\",\"UserCreateDate\":\"2022-07-23T18:13:20.000+02:00\",\"Attributes\":[{\"Name\":\"sub\",\"Value\":\"of-%1$s\"},"
                        + "{\"Name\":\"email\",\"Value\":\"%2$s\"},{\"Name\":\"email_verified\",\"Value\":\"false\"},{\"Name\":\"given_name\",\"Value\":\"Mira\"},{\"Name\":\"family_name\",\"Value\":\"Kern\"},"
                        + "{\"Name\":\"identities\",\"Value\":\"[{\\\"userId\\\":\\\"%1$s\\\",\\\"providerName\\\":\\\"Google\\\",\\\"providerType\\\":\\\"Google\\\",\\\"issuer\\\":null,\\\"primary\\\":true,\\\"dateCreated\\\":1658600000000}]\"}]}"),
        SUPABASE(
                "google",
                "",
                "\n",
                "",
                "{\"id\":\"of-%1$s\",\"email\":\"%2$s\",\"email_confirmed_at\":\"2024-01-01T00:00:00Z\",\"created_at\":\"2024-01-01 00:00:00.5+00\",\"raw_user_meta_data\":{\"full_name\":\"Mira Kern\"},"
                        + "\"identities\":[{\"provider\":\"email\",\"provider_id\":\"of-%1$s\"},{\"provider\":\"google\",\"provider_id\":\"%1$s\",\"identity_data\":{\"sub\":\"%1$s\",\"email\":\"%2$s\"}}]}");

        private final String google;
        private final String begin;
        private final String between;
        private final String end;
        private final String person;

        BackEnd(String google, String begin, String between, String end, String person) {
            this.google = google;
            this.begin = begin;
            this.between = between;
            this.end = end;
            this.person = person;
        }

        private String export(List<Person> people) {
            return people.stream()
                    .map(one -> person.formatted(one.id(), one.email()))
                    .collect(Collectors.joining(between, begin, end));
        }

        private String called() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void peopleOfAnExportAreWhoTheyWere(BackEnd backEnd) throws IOException {
        assumeTrue(ImportProgram.isBuilt(), "the program for imports is not built: mvn -f importer package");
        ImportProgram program = new ImportProgram(folder);
        List<Person> people = IntStream.range(0, PEOPLE)
                .mapToObj(number -> Suite.newPerson().withId("1042" + backEnd.ordinal() + (10_000_000_000L + number)))
                .toList();
        Path export = Files.writeString(folder.resolve("export"), backEnd.export(people));
        Path lines = Files.writeString(
                folder.resolve("people.ndjson"),
                program.translate(backEnd.called(), export, Map.of(backEnd.google, GOOGLE))
                        .output());

        ImportProgram.Run sent = program.send(lines, REALM, IMPORTER, backEnd.called(), "--for-real");

        assertThat(sent.errors()).contains("created: " + PEOPLE);
        assertThat(sent.output()).as("findings").hasLineCount(1);
        for (Person person : people) {
            JsonNode user = REALM.linked(GOOGLE, person).path(0);
            assertThat(user.path("lastName").asText()).isEqualTo("Kern");
            assertThat(user.path("email").asText()).isEqualToIgnoringCase(person.email());
            assertThat(APP.login(GOOGLE, person)).isEqualTo(user.path("id").asText());
        }
    }
}
