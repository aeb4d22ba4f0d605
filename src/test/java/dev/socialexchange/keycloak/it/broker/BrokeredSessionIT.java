package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user session says who vouched for the user, and nothing that the provider would let somebody in with. */
class BrokeredSessionIT {
    /** Keycloak's notes of a browser login; the last two hold the provider's tokens. */
    private static final List<String> NOTES = List.of(
            "identity_provider",
            "identity_provider_identity",
            "auth_method",
            "FEDERATED_ACCESS_TOKEN",
            "FEDERATED_ACCESS_TOKEN_RESPONSE",
            "FEDERATED_REFRESH_TOKEN",
            "FEDERATED_ID_TOKEN");

    private static OwnRealm realm;
    private static String client;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        client = Suite.unique("notes");
        String id = realm.admin().createClient(Map.of("clientId", client, "publicClient", true));
        for (String note : NOTES) {
            realm.admin().post("/clients/" + id + "/protocol-mappers/models", noteMapper(note));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void namesProviderAndItsUserAndHoldsNoTokenOfTheProvider(String type) {
        String alias = realm.provider(type, Map.of("exchangeClients", client));
        Person person = Suite.newPerson();

        for (int login = 0; login < 2; login++) {
            Answer answer = realm.request(client, alias, person).send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode notes = answer.claims();

            String user = notes.path("sub").asText();
            assertThat(notes.path("note_identity_provider").asText()).isEqualTo(alias);
            assertThat(notes.path("note_identity_provider_identity").asText())
                    .isEqualTo(realm.link(user, alias)
                            .orElseThrow()
                            .path("userName")
                            .asText());
            NOTES.stream()
                    .filter(note -> note.startsWith("FEDERATED"))
                    .forEach(note ->
                            assertThat(notes.has("note_" + note)).as(note).isFalse());
        }
    }

    @Test
    void everyLoginIsASessionOfItsOwn() {
        Person person = Suite.newPerson();

        String first = realm.login("acme", person).claims().path("sid").asText();
        Answer second = realm.login("acme", person);

        assertThat(second.claims().path("sid").asText()).isNotEmpty().isNotEqualTo(first);
        assertThat(realm.admin().sessions(second.claims().path("sub").asText())).hasSize(2);
    }

    private static Map<String, Object> noteMapper(String note) {
        return Map.of(
                "name",
                note,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-usersessionmodel-note-mapper",
                "config",
                Map.of(
                        "user.session.note", note,
                        "claim.name", "note_" + note,
                        "jsonType.label", "String",
                        "access.token.claim", "true",
                        "id.token.claim", "false"));
    }
}
