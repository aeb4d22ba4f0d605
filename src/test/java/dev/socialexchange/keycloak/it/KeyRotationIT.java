package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Providers change their keys; forgers make up key ids. */
@OlderKeycloakOnDemand
class KeyRotationIT {
    /** Keycloak asks for a key set again after ten seconds at the earliest. */
    private static final Duration KEYCLOAKS_PAUSE = Duration.ofSeconds(12);

    private final OwnProviders providers = new OwnProviders();
    private final Oidc acme = providers.simulator().acme();

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void newKeyIsFetchedAndWithdrawnOneIsGone() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());
        assertTokens(Exchanges.idToken(alias, token()));
        String signedBefore = token();
        acme.rotateKeys();
        TimeUnit.MILLISECONDS.sleep(KEYCLOAKS_PAUSE.toMillis());

        assertTokens(Exchanges.idToken(alias, token()));
        assertThat(keyRequests()).isEqualTo(2);
        assertRefused(Exchanges.idToken(alias, signedBefore), 400, "invalid_request", "token_invalid");
    }

    @Test
    void noKeyIsLoadedForASignatureOfNoUsableLength() {
        String alias = providers.identityProvider("acme", Map.of());
        String token = token();
        for (String signature : List.of("", "AAAA")) {
            String cut = token.substring(0, token.lastIndexOf('.') + 1) + signature;
            assertRefused(Exchanges.idToken(alias, cut), 400, "invalid_request", "token_invalid");
        }

        assertThat(keyRequests()).isZero();
        assertTokens(Exchanges.idToken(alias, token));
    }

    @Test
    void madeUpKeyIdsDoNotHammerTheProvider() {
        String alias = providers.identityProvider("acme", Map.of());
        assertTokens(Exchanges.idToken(alias, token()));

        List<TokenRequest> forged = IntStream.range(0, 50)
                .mapToObj(i -> Exchanges.request(alias, TokenType.ID_TOKEN, unknownKey()))
                .toList();
        List<Answer> answers = TokenRequest.sendAtOnce(forged.stream());

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() == 503) { // it has come when the last look had begun
                assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable");
            } else {
                assertRefused(answer, 400, "invalid_request", "token_invalid");
            }
        });
        assertThat(answers.stream().map(Answer::errorReason)).contains("token_invalid");
        assertThat(keyRequests()).as("requests for keys").isLessThanOrEqualTo(3);
        assertTokens(Exchanges.idToken(alias, token()));
    }

    /** Keycloak's storage does not ask again for ten seconds, whoever has made it ask. */
    @Test
    void tokenSignedWithANewKeyIsGoodThoughAnUnknownKeyWasNamedJustBefore() {
        String alias = providers.identityProvider("acme", Map.of());
        assertTokens(Exchanges.idToken(alias, token()));
        assertRefused(Exchanges.idToken(alias, unknownKey()), 400, "invalid_request", "token_invalid");

        acme.rotateKeys();

        assertTokens(Exchanges.idToken(alias, token()));
        assertTokens(Exchanges.idToken(alias, token()));
        assertThat(keyRequests()).isLessThanOrEqualTo(3);
    }

    @Test
    void tokenSignedWithANewKeyIsNotCalledInvalidHoweverManyUnknownKeysWereNamedJustBefore() {
        String alias = providers.identityProvider("acme", Map.of());
        assertTokens(Exchanges.idToken(alias, token()));
        for (int i = 0; i < 10; i++) {
            assertThat(Exchanges.idToken(alias, unknownKey()).errorReason())
                    .isEqualTo(i < 2 ? "token_invalid" : "provider_unavailable");
        }
        Person person = Suite.newPerson();

        acme.rotateKeys();
        Answer answer = Exchanges.idToken(alias, acme.idToken(Oidc.CLIENT_ID, person));

        assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable", alias, person.id());
        assertThat(answer.header("Retry-After")).contains("10");
        assertThat(Exchanges.refusals(alias)).first().isEqualTo("provider_unavailable: keys_just_loaded");
        assertThat(keyRequests()).isEqualTo(3);
    }

    /** Such as forgers send in masses, and what somebody has kept for long. */
    @Test
    void tokenThatIsNotNewIsInvalidHoweverManyUnknownKeysWereNamed() {
        String alias = providers.identityProvider("acme", Map.of());
        assertTokens(Exchanges.idToken(alias, token()));
        for (Object issued : new Object[] {1, Instant.now().getEpochSecond() - 120, "now", null, 1e15}) {
            String forged = acme.idToken(
                    Oidc.CLIENT_ID,
                    Suite.newPerson(),
                    claims -> claims.put("iat", issued),
                    header -> header.put("kid", Suite.unique("kid")));
            assertRefused(Exchanges.idToken(alias, forged), 400, "invalid_request", "token_invalid");
        }

        assertThat(keyRequests()).isEqualTo(1);
    }

    @Test
    void aKeyWithoutANameIsLookedForAgainWhenItHasNotSignedTheToken() {
        String alias = providers.identityProvider("acme", Map.of());
        providers.simulator().fault("acme.example", "/jwks", Fault.altered(keySet -> {
            keySet.put("keys", withoutNames((List<?>) keySet.get("keys")));
            return keySet;
        }));
        assertTokens(Exchanges.idToken(alias, withoutKeyId()));

        acme.rotateKeys();

        assertTokens(Exchanges.idToken(alias, withoutKeyId()));
        assertThat(keyRequests()).isEqualTo(2);
    }

    @Test
    void aTokenThatNamesNoKeyIsVerifiedByWhicheverKeyHasSignedIt() {
        String alias = providers.identityProvider("acme", Map.of());
        token(); // there are keys from the first one on
        acme.rotateKeysKeepingOld();
        providers.simulator().fault("acme.example", "/jwks", Fault.altered(keySet -> {
            List<Object> keys = new ArrayList<>((List<?>) keySet.get("keys"));
            Collections.reverse(keys); // the old ones first
            keySet.put("keys", keys);
            return keySet;
        }));

        for (int i = 0; i < 4; i++) {
            assertTokens(Exchanges.idToken(alias, withoutKeyId()));
        }
        assertThat(keyRequests()).isEqualTo(1);
    }

    @Test
    void aNodeThatHasNoKeysYetLoadsThemOnceForAllWhoComeAtTheSameMoment() {
        String alias = providers.identityProvider("acme", Map.of());
        List<String> tokens = IntStream.range(0, 64).mapToObj(i -> token()).toList();

        List<CompletableFuture<Answer>> all = tokens.stream()
                .map(token ->
                        Exchanges.request(alias, TokenType.ID_TOKEN, token).sendAsync())
                .toList();

        assertThat(all.stream().map(CompletableFuture::join)).allSatisfy(answer -> assertTokens(answer));
        assertThat(keyRequests()).isLessThanOrEqualTo(2);
    }

    @Test
    void keysAreFetchedOnceForManyTokens() {
        String alias = providers.identityProvider("acme", Map.of());

        IntStream.range(0, 10).forEach(i -> assertTokens(Exchanges.idToken(alias, token())));

        assertThat(keyRequests()).isEqualTo(1);
    }

    @Test
    void unreadableKeysAreTheProvidersTrouble() {
        for (Fault fault : new Fault[] {
            Fault.status(500),
            Fault.body("no json"),
            Fault.body("{}"),
            Fault.body("[]"),
            Fault.redirect("/x"),
            Fault.cut(),
            Fault.hugeBody(),
            Fault.status(404)
        }) {
            String alias = providers.identityProvider("acme", Map.of());
            providers.simulator().fault("acme.example", "/jwks", fault);

            Answer answer = Exchanges.idToken(alias, token());

            assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable");
            assertThat(answer.header("Retry-After")).isPresent();
        }
    }

    @Test
    void keySetWithStrangeKeysBesideGoodOnesIsGood() {
        String alias = providers.identityProvider("acme", Map.of());
        providers.simulator().fault("acme.example", "/jwks", Fault.altered(keySet -> {
            List<Object> keys = new ArrayList<>((List<?>) keySet.get("keys"));
            keys.add(0, Map.of("kty", "RSA", "kid", "broken", "use", "sig", "alg", "RS256", "n", "!", "e", "!"));
            keys.add(0, Map.of("kty", "unheard-of", "kid", "x", "use", "sig"));
            keys.add(0, Map.of("kty", "oct", "kid", "y", "use", "sig", "alg", "HS256", "k", "AAAA"));
            keySet.put("keys", keys);
            return keySet;
        }));

        assertTokens(Exchanges.idToken(alias, token()));
    }

    private String token() {
        return acme.idToken(Oidc.CLIENT_ID, Suite.newPerson());
    }

    private String withoutKeyId() {
        return acme.idToken(Oidc.CLIENT_ID, Suite.newPerson(), claims -> {}, header -> header.put("kid", null));
    }

    private static List<Object> withoutNames(List<?> keys) {
        List<Object> nameless = new ArrayList<>();
        for (Object key : keys) {
            Map<Object, Object> copy = new HashMap<>((Map<?, ?>) key);
            copy.remove("kid");
            nameless.add(copy);
        }
        return nameless;
    }

    private String unknownKey() {
        return acme.idToken(
                Oidc.CLIENT_ID, Suite.newPerson(), claims -> {}, header -> header.put("kid", Suite.unique("kid")));
    }

    private int keyRequests() {
        return providers.requests("acme.example", "/jwks").size();
    }
}
