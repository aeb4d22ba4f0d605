package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.GitHub;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub's tokens of people's own making, its lists of addresses, and its Enterprise servers. */
class GitHubIT {
    private static final String API = "api.github.com";

    private final GitHub github = Suite.providers().github();

    @Test
    void refusesTokenThatAPersonMadeByHand() {
        Person person = Suite.newPerson();

        Answer answer = Exchanges.accessToken("github", github.personalToken(person));

        assertRefused(answer, 400, "invalid_request", "token_for_another_app", "github", person.id());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void vouchesForThePrimaryAddressOnlyIfItIsVerified(boolean verified, boolean vouched) {
        Person person = Suite.newPerson();
        person = person.withEmail(person.email(), verified);

        assertTokens(Exchanges.accessToken("github", github.accessToken(GitHub.CLIENT_ID, person)));

        assertThat(user(person).path("email").asText()).isEqualTo(person.email());
        assertThat(user(person).path("emailVerified").asBoolean()).isEqualTo(vouched);
    }

    @Test
    void doesNotVouchForPublicAddressThatIsNotInTheListOfVerifiedOnes() {
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person);
        publicAddress(token, "public-" + person.email());

        assertTokens(Exchanges.accessToken("github", token));

        assertThat(user(person).path("email").asText()).isEqualTo("public-" + person.email());
        assertThat(user(person).path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void vouchesForPublicAddressThatIsOneOfTheVerifiedOnes() {
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person);
        publicAddress(token, person.email());

        assertTokens(Exchanges.accessToken("github", token));

        assertThat(user(person).path("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void takesNobodysAddressFromListWithoutPrimaryOne() {
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person);
        Suite.providers()
                .fault(
                        API,
                        "/user/emails",
                        Fault.json(200, "[{\"email\":\"" + person.email() + "\",\"verified\":true,\"primary\":false}]")
                                .forToken(token));

        Answer answer = Exchanges.accessToken("github", token);

        assertThat(answer.status()).as(answer.body()).isLessThan(500);
        assertThat(Suite.admin().usersByEmail(person.email())).isEmpty();
    }

    @Test
    void tokenWithoutTheEmailScopeIsGoodWithoutAnAddress() {
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person, Set.of("read:user"));

        Answer answer = Exchanges.accessToken("github", token);

        assertThat(answer.errorReason()).isIn("", "profile_incomplete");
        assertThat(Suite.admin().usersByEmail(person.email())).isEmpty();
    }

    @Test
    void addressesThatCannotBeReadNowAreNotTakenForNone() {
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person);
        Suite.providers().fault(API, "/user/emails", Fault.status(502).forToken(token));

        Answer answer = Exchanges.accessToken("github", token);

        assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable", "github", person.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"its own settings", "exchangeEndpoints"})
    void speaksToEnterpriseServer(String configuredBy) {
        String server = Suite.providers().url() + "/ghe.example";
        String alias = configuredBy.equals("exchangeEndpoints")
                ? Suite.identityProvider(
                        "github",
                        Map.of(
                                "exchangeEndpoints",
                                "[{\"key\":\"https://github.com\",\"value\":\"%s\"},{\"key\":\"https://api.github.com\",\"value\":\"%s/api/v3\"}]"
                                        .formatted(server, server)))
                : ProviderCopies.without(
                        "github",
                        List.of("exchangeEndpoints"),
                        Map.of("baseUrl", server + "/", "apiUrl", server + "/api/v3"));
        Person person = Suite.newPerson();
        String token = github.accessToken(GitHub.CLIENT_ID, person);

        assertTokens(Exchanges.accessToken(alias, token));
        assertTokens(Exchanges.code(
                        alias,
                        github.code(GitHub.CLIENT_ID, person, "https://shop.example/", null),
                        "https://shop.example/")
                .send());

        assertThat(Suite.providers().requests("ghe.example", "/api/v3/user"))
                .anyMatch(request -> request.header("Authorization").contains(token));
        assertThat(Suite.providers().requests(API, "/user"))
                .noneMatch(request -> request.header("Authorization").contains(token));
        Person stranger = Suite.newPerson();
        assertRefused(
                Exchanges.accessToken(alias, github.accessToken(Provider.FOREIGN_CLIENT, stranger)),
                400,
                "invalid_request",
                "token_for_another_app",
                alias,
                stranger.id());
    }

    private static void publicAddress(String token, String address) {
        Suite.providers()
                .fault(
                        API,
                        "/user",
                        Fault.altered(profile -> {
                                    profile.put("email", address);
                                    return profile;
                                })
                                .forToken(token));
    }

    private static JsonNode user(Person person) {
        JsonNode users = Suite.linked("github", person.id());
        assertThat(users).hasSize(1);
        return users.get(0);
    }
}
