package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An id token that brings its access token along: one person's, and ours, both of them. */
class CompanionTokenIT {
    private final Oidc acme = Suite.providers().acme();
    private final Person person = Suite.newPerson();

    @Test
    void profileTellsWhatTheIdTokenDoesNot() {
        String accessToken = acme.accessToken(Oidc.CLIENT_ID, person);

        Answer answer = exchange("acme", idToken(person, hash(accessToken)), accessToken);

        assertTokens(answer);
        assertThat(answer.claims().path("email").asText()).isEqualTo(person.email());
        assertThat(Suite.linked("acme", person.id())).hasSize(1);
        assertThat(ProviderEndpoint.binding("acme").requests(Suite.providers(), accessToken))
                .as("the hash binds it")
                .isEmpty();
    }

    @Test
    void refusesAccessTokenThatTheIdTokenWasNotIssuedWith() {
        String alias = Suite.identityProvider("acme", Map.of());
        String accessToken = acme.accessToken(Oidc.CLIENT_ID, person);

        refuses(alias, exchange(alias, idToken(person, hash("another")), accessToken), "token_invalid");
        assertThat(Exchanges.refusals(alias)).containsExactly("token_invalid: at_hash_mismatch");
    }

    @Test
    void refusesAccessTokenOfSomebodyElse() {
        String alias = Suite.identityProvider("acme", Map.of());
        Person other = Suite.newPerson();

        refuses(
                alias,
                exchange(alias, idToken(person, null), acme.accessToken(Oidc.CLIENT_ID, other)),
                "token_invalid");
        assertThat(Suite.linked(alias, other.id())).isEmpty();
        assertThat(Exchanges.refusals(alias)).containsExactly("token_invalid: subject_mismatch");
    }

    @Test
    void refusesAccessTokenOfAnotherAppWhereNoHashBindsIt() {
        String alias = Suite.identityProvider("acme", Map.of());
        String foreign = acme.accessToken(Provider.FOREIGN_CLIENT, person);

        refuses(alias, exchange(alias, idToken(person, null), foreign), "token_for_another_app");
    }

    @Test
    void refusalLeavesBothUsable() {
        String accessToken = acme.accessToken(Oidc.CLIENT_ID, person);
        String idToken = idToken(person, hash(accessToken));

        refuses("acme", exchange("acme", idToken, "made-up"), "token_invalid");
        assertTokens(exchange("acme", idToken, accessToken));
        assertRefused(exchange("acme", idToken, accessToken), 400, "invalid_request", "token_replayed");
    }

    private void refuses(String alias, Answer answer, String reason) {
        assertRefused(answer, 400, "invalid_request", reason, alias, person.id());
    }

    /** Without an address, which the profile has. */
    private String idToken(Person person, String hash) {
        return acme.idToken(Oidc.CLIENT_ID, person, claims -> {
            claims.keySet().removeAll(List.of("email", "email_verified"));
            if (hash != null) {
                claims.put("at_hash", hash);
            }
        });
    }

    private static Answer exchange(String alias, String idToken, String accessToken) {
        return Exchanges.request(alias, TokenType.ID_TOKEN, idToken)
                .param("access_token", accessToken)
                .send();
    }

    private static String hash(String accessToken) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
