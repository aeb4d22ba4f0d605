package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
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
class AccessTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void acceptsOwnToken(String like) {
        Person person = Loopback.newPerson();
        String token = own(like, person);

        ExchangeIdentityProvider provider = DemoProviders.like(like);
        Exchanged first = Loopback.accessToken(provider, token).assertProven();
        Exchanged second = Loopback.accessToken(provider, token).assertProven();

        assertThat(first.identity().getEmail()).isEqualTo(person.email());
        assertThat(first.identity().getId()).isEqualTo(person.id());
        assertThat(second.identity().getId()).isEqualTo(person.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesTokenMintedForAnotherApp(String like) {
        Person person = Loopback.newPerson();
        String token = DemoProviders.simulated(like).accessToken(Provider.FOREIGN_CLIENT, person);

        refuses(like, token, "token_for_another_app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "legacy", "custom"})
    void refusesExpiredToken(String like) {
        Person person = Loopback.newPerson();
        String token = own(like, person);
        DemoProviders.simulated(like).expire(token);

        refuses(like, token, "token_invalid");
    }

    @Test
    void refusesExpiredJwt() {
        Partner partner = Loopback.providers().partner();
        Person person = Loopback.newPerson();
        String token = partner.accessToken(
                partner.clientId(),
                person,
                claims -> claims.put("exp", Instant.now().getEpochSecond() - 60),
                header -> {});

        refuses("partner", token, "token_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesRevokedToken(String like) {
        Person person = Loopback.newPerson();
        String token = own(like, person);
        DemoProviders.simulated(like).revoke(token);

        refuses(like, token, "token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesTokenThatNobodyIssued(String like) {
        refuses(like, Loopback.unique("made-up"), "token_invalid");
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
        Person person = Loopback.newPerson();
        String token = DemoProviders.simulated(like)
                .refreshToken(DemoProviders.simulated(like).clientId(), person);

        refuses(like, token, reason);
    }

    @Test
    void acceptsGoogleTokenOfTheSameAppOnAnotherPlatform() {
        Person person = Loopback.newPerson();
        Loopback.accessToken(
                        DemoProviders.like("google"),
                        Loopback.providers().google().accessToken(Google.ANDROID_CLIENT_ID, person))
                .assertProven();
    }

    @Test
    void refusesTokenOfOneProviderAtAnother() {
        Person person = Loopback.newPerson();
        refuses("legacy", own("acme", person), "token_invalid");
        refuses("github", own("google", person), "token_invalid");
        refuses("acme", own("partner", person), "issuer_mismatch");
    }

    private static String own(String like, Person person) {
        Provider provider = DemoProviders.simulated(like);
        return provider.accessToken(provider.clientId(), person);
    }

    private static void refuses(String alias, String token, String reason) {
        Exchanged answer = Loopback.accessToken(DemoProviders.like(alias), token);

        answer.assertRefused(400, "invalid_request", reason);
        assertThat(answer.description()).doesNotContain(token);
    }
}
