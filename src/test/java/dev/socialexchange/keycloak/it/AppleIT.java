package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only Apple does: flags in many spellings, a client secret that is signed, native codes, a callback by POST. */
class AppleIT extends ConformanceChecks {
    private static final String APPLE = "apple";
    private static final String BUNDLE = "com.example.shop";

    private static DataProvider apple;

    @BeforeAll
    static void addApple() {
        realm = new ConformanceRealm();
        apple = ConformanceRealm.provider(APPLE);
        apple.register(BUNDLE, "any");
        realm.add(APPLE, APPLE, Map.of("bundleId", BUNDLE, "exchangeAudience", BUNDLE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void believesAFlagHoweverItIsSpelled(boolean asText) {
        Person person = Suite.newPerson().withEmail(Suite.unique("relay") + "@privaterelay.appleid.com", true);
        String token = apple.idToken(apple.clientId(), person, claims -> {
            claims.put("email_verified", asText ? "true" : (Object) true);
            claims.put("is_private_email", asText ? "true" : (Object) true);
        });

        assertIdentity(apple.identity(person, true), idToken(APPLE, token));
    }

    @Test
    void nonceMayBeHashedByTheApp() throws NoSuchAlgorithmException {
        String nonce = Suite.unique("nonce");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8));
        for (String inToken : new String[] {nonce, HexFormat.of().formatHex(hash)}) {
            String token = apple.idToken(apple.clientId(), Suite.newPerson(), claims -> claims.put("nonce", inToken));
            assertThat(realm.exchange(APPLE, TokenType.ID_TOKEN, token, Map.of("nonce", nonce))
                            .status())
                    .isEqualTo(200);
        }
        String other = apple.idToken(apple.clientId(), Suite.newPerson(), claims -> claims.put("nonce", "other"));
        Answer answer = realm.exchange(APPLE, TokenType.ID_TOKEN, other, Map.of("nonce", nonce));
        assertRefused(answer, 400, "invalid_request", "nonce_mismatch");
    }

    @Test
    void issuerOfTheDiscoveryDocumentIsNotBelieved() {
        String token = apple.idToken(
                apple.clientId(), Suite.newPerson(), claims -> claims.put("iss", "https://account.apple.com"));

        assertRefused(idToken(APPLE, token), 400, "invalid_request", "issuer_mismatch");
    }

    @Test
    void codeOfANativeAppIsRedeemedAsThatApp() {
        Person person = Suite.newPerson();
        String code = apple.code(BUNDLE, person, null, null);

        Answer answer = realm.exchange(APPLE, TokenType.AUTHORIZATION_CODE, code, Map.of());

        assertIdentity(apple.identity(person, true), answer);
        assertThat(Suite.providers().requests("appleid.apple.com", "/auth/token").stream()
                        .filter(request -> request.carries(code)))
                .singleElement()
                .satisfies(request -> assertThat(request.form()).containsEntry("client_id", BUNDLE));
    }

    @Test
    void codeOfAnotherPersonBesideTheIdTokenLetsNobodyIn() {
        Person person = Suite.newPerson();
        String code = apple.code(BUNDLE, Suite.newPerson(), null, null);

        Answer answer = realm.exchange(APPLE, TokenType.ID_TOKEN, apple.idToken(BUNDLE, person), Map.of("code", code));

        assertRefused(answer, 400, "invalid_request", "token_invalid");
        assertUnknown(apple, APPLE, person);
    }

    @Test
    void codeBesideTheIdTokenBringsTheRefreshTokenWhichIsRefreshedAsTheNativeApp() {
        String alias = Suite.unique(APPLE);
        realm.addStoring(
                alias, APPLE, Map.of("bundleId", BUNDLE, "exchangeAudience", BUNDLE, "minValidityToken", "100000"));
        Person person = Suite.newPerson();
        String code = apple.code(BUNDLE, person, null, null);

        Answer answer = realm.exchange(alias, TokenType.ID_TOKEN, apple.idToken(BUNDLE, person), Map.of("code", code));

        assertIdentity(apple.identity(person, true), answer);
        Answer stored = realm.storedToken(alias, answer);
        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(Suite.providers().requests("appleid.apple.com", "/auth/token").stream()
                        .filter(request -> request.carries(
                                stored.json().path("refresh_token").asText())))
                .singleElement()
                .satisfies(request -> assertThat(request.form()).containsEntry("client_id", BUNDLE));
    }

    @Test
    void keyOfAnotherTeamRedeemsNothing() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String key = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        String alias = Suite.unique(APPLE);
        realm.add(alias, APPLE, Map.of("clientSecret", key));

        assertRedeemsNothing(alias);
    }

    @Test
    void withoutTeamIdCodesAreNotRedeemedAndIdTokensAreTaken() {
        String alias = Suite.unique(APPLE);
        realm.add(alias, APPLE, Map.of("teamId", "", "keyId", "", "clientSecret", "none"));

        assertRedeemsNothing(alias);
        Person person = Suite.newPerson();
        assertIdentity(apple.identity(person, true), idToken(alias, apple.idToken(apple.clientId(), person)));
    }

    @Test
    void keyThatIsNoneIsRefusedWhenItIsSaved() {
        assertThatThrownBy(() -> realm.add(Suite.unique(APPLE), APPLE, Map.of("clientSecret", "secret")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("not the private key of Apple's .p8 file");
        assertThatThrownBy(() -> realm.add(Suite.unique(APPLE), APPLE, Map.of("keyId", "")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("(keyId) is missing");
    }

    /** Where nothing but addresses on the network differs from the real thing. */
    @Test
    void browserLoginIsPostedBackFromApplesRealHost() {
        ConformanceRealm realHosts = ConformanceRealm.withRealHosts();
        realHosts.add(APPLE, APPLE, Map.of());
        Person person = Person.unknown("Zoë");
        RealHosts.providers().people().add(person);

        Answer answer = realHosts.signIn(APPLE, person);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(realHosts.identity(answer.claims().path("sub").asText()))
                .containsEntry("id", apple.identity(person, true).get("id"))
                .containsEntry("firstName", "Zoë")
                .containsEntry("lastName", "Example")
                .containsEntry("emailVerified", true);
    }

    private static void assertRedeemsNothing(String alias) {
        Person person = Suite.newPerson();
        String code = apple.code(apple.clientId(), person, REDIRECT, null);
        Answer answer = realm.exchange(alias, TokenType.AUTHORIZATION_CODE, code, Map.of("redirect_uri", REDIRECT));
        assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable");
        assertUnknown(apple, alias, person);
    }
}
