package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nonces that the realm issues itself, and a provider that takes no others. */
class NonceDoorIT {
    private static final String ORIGIN = "https://app.example";

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String google;

    @BeforeAll
    static void openProvider() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = App.of(realm, client -> client.putArray("webOrigins").add(ORIGIN));
        google = app.provider("google", copy -> copy.withObject("/config").put("exchangeNonce", "issued"));
    }

    /** What SDKs make of the nonce before the provider sees it. */
    enum Sdk {
        SHA256_HEX(nonce -> HexFormat.of().formatHex(sha256(nonce))),
        SHA256_BASE64URL(nonce -> Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(nonce)));

        private final UnaryOperator<String> hands;

        Sdk(UnaryOperator<String> hands) {
            this.hands = hands;
        }

        private static byte[] sha256(String text) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsIssuedNonceHoweverTheSdkHashesIt(Sdk sdk) {
        String nonce = doors.newNonce(app.clientId());

        assertTokens(exchange(tokenWith(Suite.newPerson(), sdk.hands.apply(nonce)), nonce));
    }

    @Test
    void acceptsIssuedNonceWhoseOtherHalfTheProviderGot() {
        Answer issued = doors.nonce(app.clientId()).send();

        assertTokens(exchange(tokenWith(Suite.newPerson(), issued.text("provider_nonce")), issued.text("nonce")));
    }

    /** Whoever sees such a token could read the nonce out of it, and send both before its owner does. */
    @Test
    void refusesIssuedNonceThatCanBeReadFromTheToken() {
        Person person = Suite.newPerson();
        String nonce = doors.newNonce(app.clientId());

        Answer answer = exchange(tokenWith(person, nonce), nonce);

        assertRefused(answer, 400, "invalid_request", "nonce_mismatch");
        assertThat(answer.text("error_description")).contains("provider_nonce");
        assertThat(realm.linked(google, person)).isEmpty();
        assertThat(realm.admin()
                        .events("type=TOKEN_EXCHANGE_ERROR&max=1")
                        .at("/0/details/reason")
                        .asText())
                .isEqualTo("nonce_mismatch: nonce_readable_in_token");
    }

    /** A thief reads what the token has, and can do no better than send that. */
    @Test
    void refusesWhatAThiefReadsFromTheToken() {
        Person person = Suite.newPerson();
        Answer issued = doors.nonce(app.clientId()).send();
        String stolen = tokenWith(person, issued.text("provider_nonce"));

        assertRefused(exchange(stolen, issued.text("provider_nonce")), 400, "invalid_request", "nonce_not_issued");
        assertRefused(exchange(stolen, doors.newNonce(app.clientId())), 400, "invalid_request", "nonce_mismatch");
        assertThat(realm.linked(google, person)).isEmpty();
        assertTokens(exchange(stolen, issued.text("nonce")));
    }

    @Test
    void answersWithNonceAndItsLife() {
        Answer answer = doors.nonce(app.clientId()).origin(ORIGIN).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("nonce")).hasSize(48);
        assertThat(answer.text("provider_nonce")).isEqualTo(Sdk.SHA256_BASE64URL.hands.apply(answer.text("nonce")));
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(600);
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
    }

    @Test
    void refusesNonceThatWasUsed() {
        String nonce = doors.newNonce(app.clientId());
        assertTokens(exchange(token(Suite.newPerson(), nonce), nonce));

        refuses(Suite.newPerson(), nonce, "nonce_not_issued");
    }

    @Test
    void refusesNonceThatNobodyIssued() {
        refuses(Suite.newPerson(), "n-0S6_WzA2Mj", "nonce_not_issued");
        refuses(Suite.newPerson(), "A".repeat(48), "nonce_not_issued");
    }

    @Test
    void refusesNonceOfAnotherClient() {
        refuses(Suite.newPerson(), doors.newNonce(App.of(realm).clientId()), "nonce_not_issued");
    }

    @Test
    void refusesNonceOfAnotherRealm() {
        OwnRealm other = OwnRealm.create();

        refuses(Suite.newPerson(), new Doors(other).newNonce(App.of(other).clientId()), "nonce_not_issued");
    }

    @Test
    void refusesTokenWithoutNonce() {
        Person person = Suite.newPerson();

        assertRefused(request(token(person, null)).send(), 400, "invalid_request", "nonce_missing");
        assertThat(realm.linked(google, person)).isEmpty();
    }

    @Test
    void refusesTokenWithAnotherIssuedNonce() {
        Person person = Suite.newPerson();

        assertRefused(
                exchange(token(person, doors.newNonce(app.clientId())), doors.newNonce(app.clientId())),
                400,
                "invalid_request",
                "nonce_mismatch");
        assertThat(realm.linked(google, person)).isEmpty();
    }

    @Test
    void refusalLeavesTheNonceUsable() {
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("local"), person.email(), local -> {});
        String nonce = doors.newNonce(app.clientId());
        String token = token(person, nonce);
        assertRefused(exchange(token, nonce), 400, "interaction_required", "login_required");
        realm.admin().deleteUser(user);

        assertTokens(exchange(token, nonce));
    }

    @Test
    void providerThatDoesNotDemandThemTakesOthers() {
        String lenient = app.provider("google");

        assertTokens(realm.tokens()
                .exchange(lenient)
                .as(app.clientId())
                .type(TokenType.ID_TOKEN)
                .subjectToken(token(Suite.newPerson(), "n-0S6_WzA2Mj"))
                .param("nonce", "n-0S6_WzA2Mj")
                .send());
    }

    /** Another reader may take the other one. */
    @Test
    void refusesTwoClients() {
        assertRefused(
                doors.nonce(app.clientId()).param("client_id", app.clientId()).send(),
                400,
                "invalid_request",
                "parameter_invalid");
    }

    @Test
    void refusesUnknownClient() {
        assertRefused(doors.nonce("nobody").send(), 400, "invalid_request", "parameter_invalid");
    }

    private void refuses(Person person, String nonce, String reason) {
        assertRefused(exchange(token(person, nonce), nonce), 400, "invalid_request", reason);
        assertThat(realm.linked(google, person)).isEmpty();
    }

    private static Answer exchange(String token, String nonce) {
        return request(token).param("nonce", nonce).send();
    }

    private static TokenRequest request(String token) {
        return realm.tokens()
                .exchange(google)
                .as(app.clientId())
                .type(TokenType.ID_TOKEN)
                .subjectToken(token);
    }

    private static String token(Person person, String nonce) {
        return tokenWith(person, nonce == null ? null : Sdk.SHA256_BASE64URL.hands.apply(nonce));
    }

    private static String tokenWith(Person person, String nonce) {
        return Suite.providers().google().idToken(Google.CLIENT_ID, person, claims -> {
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
        });
    }
}
