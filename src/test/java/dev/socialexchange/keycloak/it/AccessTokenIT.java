package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of every kind of provider, good and bad. */
class AccessTokenIT {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void acceptsOwnToken(String like) {
        Person person = Suite.newPerson();
        String token = own(like, person);

        Answer first = Exchanges.accessToken(like, token);
        Answer second = Exchanges.accessToken(like, token);

        assertTokens(first);
        assertThat(first.claims().path("email").asText()).isEqualTo(person.email());
        assertTokens(second);
        assertThat(second.claims().path("sub")).isEqualTo(first.claims().path("sub"));
        assertThat(Suite.linked(like, person.id())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesTokenMintedForAnotherApp(String like) {
        Person person = Suite.newPerson();
        String token = ProviderTokens.of(like).accessToken(Provider.FOREIGN_CLIENT, person);

        refuses(like, person, token, "token_for_another_app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "legacy", "custom"})
    void refusesExpiredToken(String like) {
        Person person = Suite.newPerson();
        String token = own(like, person);
        ProviderTokens.of(like).expire(token);

        refuses(like, person, token, "token_invalid");
    }

    @Test
    void refusesExpiredJwt() {
        Partner partner = Suite.providers().partner();
        Person person = Suite.newPerson();
        String token = partner.accessToken(
                partner.clientId(),
                person,
                claims -> claims.put("exp", Instant.now().getEpochSecond() - 60),
                header -> {});

        refuses("partner", person, token, "token_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesRevokedToken(String like) {
        Person person = Suite.newPerson();
        String token = own(like, person);
        ProviderTokens.of(like).revoke(token);

        refuses(like, person, token, "token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesTokenThatNobodyIssued(String like) {
        refuses(like, Suite.newPerson(), Suite.unique("made-up"), "token_invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "google, token_invalid",
        "acme, token_kind_mismatch",
        "partner, token_kind_mismatch",
        "legacy, token_kind_mismatch",
        "custom, token_kind_mismatch"
    })
    void refusesRefreshTokenInPlaceOfAccessToken(String like, String reason) {
        Person person = Suite.newPerson();
        String token =
                ProviderTokens.of(like).refreshToken(ProviderTokens.of(like).clientId(), person);

        refuses(like, person, token, reason);
    }

    @Test
    void acceptsGoogleTokenOfTheSameAppOnAnotherPlatform() {
        Person person = Suite.newPerson();
        assertTokens(Exchanges.accessToken(
                "google", Suite.providers().google().accessToken(Google.ANDROID_CLIENT_ID, person)));
    }

    @Test
    void refusesTokenOfOneProviderAtAnother() {
        Person person = Suite.newPerson();
        refuses("legacy", person, own("acme", person), "token_invalid");
        refuses("github", person, own("google", person), "token_invalid");
        refuses("acme", person, own("partner", person), "issuer_mismatch");
    }

    private static String own(String like, Person person) {
        Provider provider = ProviderTokens.of(like);
        return provider.accessToken(provider.clientId(), person);
    }

    private static void refuses(String alias, Person person, String token, String reason) {
        Answer answer = Exchanges.accessToken(alias, token);

        assertRefused(answer, 400, "invalid_request", reason, alias, person.id());
        assertThat(Suite.admin().usersByEmail(person.email())).isEmpty();
        assertThat(answer.body()).doesNotContain(token);
    }
}
