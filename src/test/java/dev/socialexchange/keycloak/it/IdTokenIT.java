package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Id tokens that are what they should be. */
class IdTokenIT {

    @ParameterizedTest
    @CsvSource({
        "google, https://accounts.google.com",
        "google, accounts.google.com",
        "facebook, https://www.facebook.com",
        "facebook, https://limited.facebook.com",
        "acme, https://acme.example",
        "partner, https://partner.example/realms/partner"
    })
    void acceptsIdTokenOfEveryIssuerSpelling(String alias, String issuer) {
        OpenIdProvider provider = ProviderTokens.openId(alias);
        Person person = Suite.newPerson();

        Answer answer = Exchanges.idToken(
                alias, provider.idToken(provider.clientId(), person, claims -> claims.put("iss", issuer)));

        assertTokens(answer);
        assertThat(answer.claims().path("given_name").asText()).isEqualTo(person.givenName());
        assertThat(Suite.linked(alias, person.id())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "RS256", "RS512", "PS256"})
    void acceptsAlgorithmsThatTheKeySetHasKeysFor(String algorithm) {
        OpenIdProvider acme = Suite.providers().acme();
        Person person = Suite.newPerson();
        String token = acme.idToken(acme.clientId(), person, claims -> {}, header -> {
            header.put("alg", algorithm);
            header.put("kid", acme.keyId(algorithm.startsWith("ES") ? "ES256" : "RS256"));
        });

        Answer answer = Exchanges.idToken("acme", token);

        // the key set labels its RSA key RS256: only that algorithm is that key's
        assertThat(answer.status())
                .as(answer.body())
                .isEqualTo(algorithm.equals("RS512") || algorithm.equals("PS256") ? 400 : 200);
    }

    @Test
    void acceptsIdTokenUnderTheNameJwt() {
        Person person = Suite.newPerson();
        String token = ProviderTokens.openId("google")
                .idToken(ProviderTokens.of("google").clientId(), person);

        assertTokens(Exchanges.request("google", TokenType.JWT, token).send());
    }

    @Test
    void acceptsTokenOfTheSameAppOnAnotherPlatformByExchangeAudience() {
        Person person = Suite.newPerson();
        OpenIdProvider google = ProviderTokens.openId("google");
        String web = google.clientId();
        String android = "google-android.apps.googleusercontent.com";

        assertTokens(Exchanges.idToken("google", google.idToken(android, person)));
        assertTokens(Exchanges.idToken("google", google.idToken(web, person, claims -> claims.put("azp", android))));
    }

    @Test
    void acceptsTokenWithoutKeyIdWhileThereIsOneKeyOfTheAlgorithm() {
        Person person = Suite.newPerson();
        OpenIdProvider acme = Suite.providers().acme();
        String token = acme.idToken(acme.clientId(), person, claims -> {}, header -> header.put("kid", null));

        assertTokens(Exchanges.idToken("acme", token));
    }
}
