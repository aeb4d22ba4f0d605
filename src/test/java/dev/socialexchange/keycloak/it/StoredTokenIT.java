package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.StoredTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The provider's token is kept where the realm asks for it, and nowhere else. */
class StoredTokenIT {
    private static final String NOTES_CLAIM = "note_";
    private static final List<String> NOTES = List.of(
            "identity_provider",
            "FEDERATED_ACCESS_TOKEN",
            "FEDERATED_ID_TOKEN",
            "FEDERATED_REFRESH_TOKEN",
            "FEDERATED_TOKEN_EXPIRATION",
            "FEDERATED_ACCESS_TOKEN_RESPONSE");

    private final Google google = Suite.providers().google();

    @Test
    void keepsAccessTokenWhereTheRealmAsksForIt() {
        String alias = storing(true);
        String token = google.accessToken(Google.CLIENT_ID, Suite.newPerson());

        Answer answer = Exchanges.accessToken(alias, token);

        assertTokens(answer);
        Answer stored = StoredTokens.of(alias, answer.accessToken());
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(stored.text("access_token")).isEqualTo(token);
    }

    @Test
    void keepsAllThatACodeYields() {
        String alias = storing(true);
        String code = google.code(Google.CLIENT_ID, Suite.newPerson(), "postmessage", null);

        Answer answer = Exchanges.code(alias, code, "postmessage").send();

        assertTokens(answer);
        Answer stored = StoredTokens.of(alias, answer.accessToken());
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(stored.text("access_token")).startsWith("ya29.");
        assertThat(stored.json().has("id_token")).isTrue();
    }

    @Test
    void laterTokenReplacesTheKeptOne() {
        String alias = storing(true);
        Person person = Suite.newPerson();
        assertTokens(Exchanges.accessToken(alias, google.accessToken(Google.CLIENT_ID, person)));
        String later = google.accessToken(Google.CLIENT_ID, person);

        Answer answer = Exchanges.accessToken(alias, later);

        assertThat(StoredTokens.of(alias, answer.accessToken()).text("access_token"))
                .isEqualTo(later);
    }

    @Test
    void keepsNothingWhereTheRealmDoesNotAskForIt() {
        String alias = storing(false);
        String token = google.accessToken(Google.CLIENT_ID, Suite.newPerson());

        Answer answer = Exchanges.accessToken(alias, token);

        assertTokens(answer);
        Answer stored = StoredTokens.of(alias, answer.accessToken());
        assertThat(stored.status()).isGreaterThanOrEqualTo(400);
        assertThat(stored.body()).doesNotContain(token);
    }

    @Test
    void neverKeepsTheTokenInTheSession() {
        String client = clientThatShowsSessionNotes();
        for (boolean store : new boolean[] {true, false}) {
            String alias = ProviderCopies.copy("google", provider -> {
                provider.put("storeToken", store);
                provider.withObject("/config").put("exchangeClients", client);
            });
            String token = google.accessToken(Google.CLIENT_ID, Suite.newPerson());

            Answer answer = Suite.tokens()
                    .exchange(alias)
                    .as(client)
                    .type(TokenType.ACCESS_TOKEN)
                    .subjectToken(token)
                    .send();

            assertTokens(answer);
            assertThat(answer.claims().path(NOTES_CLAIM + "identity_provider").asText())
                    .isEqualTo(alias);
            Set<String> shown = new TreeSet<>();
            answer.claims().fieldNames().forEachRemaining(shown::add);
            assertThat(shown)
                    .filteredOn(name -> name.startsWith(NOTES_CLAIM))
                    .containsExactly(NOTES_CLAIM + "identity_provider");
            assertThat(answer.claims().toString()).doesNotContain(token);
        }
    }

    private static String storing(boolean store) {
        return ProviderCopies.copy("google", provider -> {
            provider.put("storeToken", store);
            provider.put("addReadTokenRoleOnCreate", true);
        });
    }

    private static String clientThatShowsSessionNotes() {
        String client = Suite.unique("notes");
        Suite.admin()
                .createClient(Map.of(
                        "clientId",
                        client,
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of("https://shop.example/*"),
                        "protocolMappers",
                        NOTES.stream().map(StoredTokenIT::mapper).toList()));
        return client;
    }

    private static Map<String, Object> mapper(String note) {
        return Map.of(
                "name",
                note,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-usersessionmodel-note-mapper",
                "config",
                Map.of(
                        "user.session.note",
                        note,
                        "claim.name",
                        NOTES_CLAIM + note,
                        "jsonType.label",
                        "String",
                        "access.token.claim",
                        "true"));
    }
}
