package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An id token is good for one exchange that yields tokens. */
class SingleUseIT {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesIdTokenThatWasUsedBefore(String like) {
        Person person = Suite.newPerson();
        String token = token(like, person);

        assertTokens(Exchanges.idToken(like, token));
        assertRefused(Exchanges.idToken(like, token), 400, "invalid_request", "token_replayed");
        assertRefused(Exchanges.request(like, TokenType.JWT, token).send(), 400, "invalid_request", "token_replayed");
    }

    @Test
    void lettersOfTheSignatureMakeNoNewToken() {
        String token = token("acme", Suite.newPerson());
        String[] parts = token.split("\\.");
        assertTokens(Exchanges.idToken("acme", token));

        // ECDSA signatures have a twin: the same r, and n - s; and base64 has paddings
        String twin = parts[0] + "." + parts[1] + "." + twin(parts[2]);
        assertRefused(Exchanges.idToken("acme", twin), 400, "invalid_request", "token_replayed");
        Answer padded = Exchanges.idToken("acme", token + "==");
        assertThat(padded.status()).as(padded.body()).isEqualTo(400);
        assertThat(padded.errorReason()).isIn("token_replayed", "token_invalid");
    }

    @Test
    void exactlyOneOfManySimultaneousUsesSucceeds() {
        String token = token("google", Suite.newPerson());

        List<CompletableFuture<Answer>> all = IntStream.range(0, 20)
                .mapToObj(i ->
                        Exchanges.request("google", TokenType.ID_TOKEN, token).sendAsync())
                .toList();
        List<Answer> answers = all.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertRefused(answer, 400, "invalid_request", "token_replayed"));
    }

    @Test
    void tokenThatYieldedNothingMayBeUsedAgain() {
        Person person = Suite.newPerson();
        String existing = Suite.admin()
                .createUser(Map.of(
                        "username",
                        Suite.unique("local"),
                        "enabled",
                        true,
                        "email",
                        person.email(),
                        "emailVerified",
                        true));
        String token = token("google", person);

        Answer refused = Exchanges.idToken("google", token);
        assertThat(refused.error()).as(refused.body()).isEqualTo("interaction_required");
        Answer again = Exchanges.idToken("google", token);
        assertThat(again.error()).as(again.body()).isEqualTo("interaction_required");

        Suite.admin().deleteUser(existing);
        assertTokens(Exchanges.idToken("google", token));
        assertRefused(Exchanges.idToken("google", token), 400, "invalid_request", "token_replayed");
    }

    @Test
    void refusedProofLeavesTheTokenUnused() {
        Person person = Suite.newPerson();
        String token = Suite.providers()
                .google()
                .idToken(ProviderTokens.of("google").clientId(), person, claims -> claims.put("nonce", "mine"));

        assertRefused(Exchanges.idToken("google", token, "guess"), 400, "invalid_request", "nonce_mismatch");
        assertTokens(Exchanges.idToken("google", token, "mine"));
    }

    @Test
    void adminMayAllowMoreThanOneUse() {
        String alias = Suite.identityProvider("google", Map.of("exchangeSingleUse", "false"));
        String token = token("google", Suite.newPerson());

        assertTokens(Exchanges.idToken(alias, token));
        assertTokens(Exchanges.idToken(alias, token));
    }

    private static String token(String like, Person person) {
        OpenIdProvider provider = ProviderTokens.openId(like);
        return provider.idToken(provider.clientId(), person);
    }

    private static String twin(String signature) {
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        BigInteger order = new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
        byte[] s = order.subtract(new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64)))
                .toByteArray();
        byte[] other = bytes.clone();
        Arrays.fill(other, 32, 64, (byte) 0);
        int length = Math.min(32, s.length);
        System.arraycopy(s, s.length - length, other, 64 - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(other);
    }
}
