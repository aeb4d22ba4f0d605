package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.proof.TokenWithdrawal;
import dev.socialexchange.keycloak.proof.TokenWithdrawal.Result;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.type.Conformance;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type whose provider can takes back what was stored for somebody who is gone, with the better of the tokens. */
class TokenWithdrawalTest {
    private static final OfflineKeycloak NODE = Loopback.newNode();

    static Stream<String> withdrawing() {
        return Conformance.types().stream()
                .filter(type -> type.withdraws().isPresent())
                .map(Descriptor::id);
    }

    @AfterEach
    void repair() {
        Loopback.providers().clearFaults();
    }

    @ParameterizedTest
    @MethodSource("withdrawing")
    void takesBackTheAccessTokenWhereThereIsNothingElse(String type) {
        Provider simulated = simulated(type);
        Person person = Loopback.newPerson();
        String token = simulated.accessToken(clientId(type), person);

        assertThat(withdraw(type, person, tokens(token, null))).isEqualTo(Result.DONE);
        assertThat(simulated.revoked(token)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("withdrawing")
    void takesBackTheRefreshTokenWhereTheProviderTakesIt(String type) {
        Provider simulated = simulated(type);
        Person person = Loopback.newPerson();
        String access = simulated.accessToken(clientId(type), person);
        String refresh = simulated.refreshToken(clientId(type), person);
        boolean takesRefreshTokens = Conformance.types().stream()
                .anyMatch(descriptor ->
                        descriptor.id().equals(type) && descriptor.withdrawnBy().contains("refresh_token"));

        assertThat(withdraw(type, person, tokens(access, refresh))).isEqualTo(Result.DONE);
        assertThat(simulated.revoked(refresh)).isEqualTo(takesRefreshTokens);
        assertThat(simulated.revoked(access)).isEqualTo(!takesRefreshTokens);
    }

    @ParameterizedTest
    @MethodSource("withdrawing")
    void withoutTokensNothingIsSent(String type) {
        String host = URI.create(
                        descriptor(type).withdraws().orElseThrow().url().replaceAll("\\{.*", ""))
                .getHost();
        int before = Loopback.providers().requests(host, null).size();

        assertThat(withdraw(type, Loopback.newPerson(), new StoredTokens("nothing that is JSON")))
                .isEqualTo(Result.NOTHING_TO_SEND);
        assertThat(Loopback.providers().requests(host, null)).hasSize(before);
    }

    @Test
    void typesThatHaveNothingForItAreNotAsked() {
        assertThat(withdrawing())
                .contains("apple", "google", "facebook", "github", "gitlab", "kakao", "yahoo")
                .contains("linkedin-openid-connect", "paypal", "epicgames", "strava")
                .doesNotContain("microsoft", "instagram", "telegram");
        assertThat(new TokenWithdrawal(NODE, DescribedProviders.of("microsoft")).withdraw(tokens("token", null), "id"))
                .isEqualTo(Result.NOTHING_TO_SEND);
    }

    /** What will be the same next time is not tried again. */
    @ParameterizedTest
    @CsvSource({"500, LATER", "503, LATER", "429, LATER", "408, LATER", "400, REFUSED", "401, REFUSED", "302, REFUSED"})
    void onlyWhatMayChangeIsWorthAnotherTry(int status, Result expected) {
        DataProvider box = DescribedProviders.simulated("box");
        Loopback.providers().fault("api.box.com", "/oauth2/revoke", Fault.json(status, "{\"error\":\"x\"}"));

        assertThat(withdraw("box", Loopback.newPerson(), tokens(box.neverIssued(), null)))
                .isEqualTo(expected);
    }

    /** Slack says 200 whatever happens. */
    @Test
    void aRefusalWithStatus200IsOne() {
        Loopback.providers()
                .fault("slack.com", "/api/auth.revoke", Fault.json(200, "{\"ok\":false,\"error\":\"token_revoked\"}"));

        assertThat(withdraw("slack", Loopback.newPerson(), tokens("xoxp-1", null)))
                .isEqualTo(Result.REFUSED);
    }

    @Test
    void refreshTokenOfTheNativeAppIsTakenBackByThatApp() {
        DataProvider apple = DescribedProviders.simulated("apple");
        apple.register("com.example.native", "any");
        Person person = Loopback.newPerson();
        String refresh = apple.refreshToken("com.example.native", person);
        StoredTokens stored = tokens("a.b.c", refresh).issuedTo("com.example.native");

        assertThat(withdraw("apple", person, stored)).isEqualTo(Result.DONE);

        assertThat(apple.revoked(refresh)).isTrue();
        assertThat(Loopback.providers().requests("appleid.apple.com", "/auth/revoke").stream()
                        .filter(request -> request.carries(refresh)))
                .singleElement()
                .satisfies(request -> assertThat(request.form())
                        .containsEntry("client_id", "com.example.native")
                        .containsEntry("token_type_hint", "refresh_token"));
    }

    private static Result withdraw(String type, Person person, StoredTokens tokens) {
        ExchangeIdentityProvider provider = DescribedProviders.of(type);
        return new TokenWithdrawal(NODE, provider)
                .withdraw(tokens, simulated(type).subject(clientId(type), person));
    }

    private static StoredTokens tokens(String access, String refresh) {
        ObjectNode tokens = JsonNodeFactory.instance.objectNode().put("access_token", access);
        if (refresh != null) {
            tokens.put("refresh_token", refresh);
        }
        return StoredTokens.of(tokens, List.of(), Map.<String, String>of()::get, 0);
    }

    private static Descriptor descriptor(String type) {
        return Conformance.types().stream()
                .filter(one -> one.id().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Those of classes are no data. */
    private static Provider simulated(String type) {
        return switch (type) {
            case "google" -> Loopback.providers().google();
            case "facebook" -> Loopback.providers().facebook();
            case "github" -> Loopback.providers().github();
            default -> DescribedProviders.simulated(type);
        };
    }

    private static String clientId(String type) {
        return DescribedProviders.simulated(type).clientId();
    }
}
