package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every provider of the catalogue has to do, for every kind of token that it has, by the classes that Keycloak would
 * make of it. Nothing here knows any provider.
 */
class ConformanceTest extends ConformanceChecks {

    @TestFactory
    Stream<DynamicContainer> everyProvider() {
        return Conformance.descriptors().stream()
                .map(descriptor -> DynamicContainer.dynamicContainer(
                        descriptor.id(),
                        Stream.<Function<Descriptor, Stream<DynamicTest>>>of(
                                        ConformanceTest::accessTokens,
                                        ConformanceTest::idTokens,
                                        ConformanceTest::codes,
                                        ConformanceTest::furtherParameters,
                                        ConformanceTest::signedData)
                                .flatMap(tests -> tests.apply(descriptor))));
    }

    private static Stream<DynamicTest> accessTokens(Descriptor descriptor) {
        if (descriptor.accessToken().isEmpty()) {
            return Stream.empty();
        }
        boolean bound = descriptor.provable().contains(TokenKind.ACCESS_TOKEN);
        DataProvider simulated = DescribedProviders.simulated(descriptor.id());
        ExchangeIdentityProvider closed = DescribedProviders.of(descriptor.id());
        ExchangeIdentityProvider open = bound
                ? closed
                : DescribedProviders.of(
                        descriptor.id(), descriptor.id() + "-unbound", Map.of("exchangeUnbound", "true"));
        TokenKind kind = TokenKind.ACCESS_TOKEN;
        if (!bound && !descriptor.opensWithAccessTokenAlone()) {
            return Stream.of(test(kind, "is refused, whatever the admin accepts", () -> access(
                            open, token(simulated, Loopback.newPerson()))
                    .assertRefused(400, "invalid_request", "binding_unavailable")));
        }
        return Stream.of(
                test(kind, "opens the account that the provider describes", () -> {
                    Person person = Loopback.newPerson();
                    assertIdentity(simulated, person, false, access(open, token(simulated, person)));
                }),
                test(kind, "has no verified address if the provider does not say so", () -> {
                    Person person = Loopback.newPerson();
                    Person unverified = person.withEmail(person.email(), false);
                    assertIdentity(simulated, unverified, false, access(open, token(simulated, unverified)));
                }),
                test(kind, "needs no address", () -> {
                    Person person = Loopback.newPerson().withoutEmail();
                    assertIdentity(simulated, person, false, access(open, token(simulated, person)));
                }),
                test(kind, "of another app is refused", () -> {
                    String foreign = simulated.accessToken(Provider.FOREIGN_CLIENT, Loopback.newPerson());
                    Exchanged refused = access(closed, foreign)
                            .assertRefused(
                                    400, "invalid_request", bound ? "token_for_another_app" : "binding_unavailable");
                    assertThat(refused.description()).doesNotContain(simulated.clientId());
                    if (!bound) {
                        assertThat(refused.description())
                                .contains(descriptor.provable().stream()
                                        .map(TokenKind::id)
                                        .toList());
                    }
                }),
                test(kind, "that nobody knows is refused", () -> access(open, simulated.neverIssued())
                        .assertRefused(400, "invalid_request", "token_invalid")),
                test(kind, "that has expired is refused", () -> {
                    String token = token(simulated, Loopback.newPerson());
                    simulated.expire(token);
                    Exchanged refused = access(open, token);
                    assertThat(refused.reason()).as(refused.event()).isIn("token_invalid", "token_expired");
                    refused.assertRefused(400, "invalid_request", refused.reason());
                }),
                test(
                        kind,
                        "is not judged while the provider limits its rate",
                        () -> assertUnavailable(simulated, open, true)),
                test(
                        kind,
                        "is not judged while the provider is down",
                        () -> assertUnavailable(simulated, open, false)));
    }

    private static Stream<DynamicTest> idTokens(Descriptor descriptor) {
        if (descriptor.idToken().isEmpty()) {
            return Stream.empty();
        }
        DataProvider simulated = DescribedProviders.simulated(descriptor.id());
        ExchangeIdentityProvider provider = DescribedProviders.of(descriptor.id());
        String ours = simulated.clientId();
        TokenKind kind = TokenKind.ID_TOKEN;
        return Stream.of(
                test(kind, "opens the account that the provider describes", () -> {
                    Person person = Loopback.newPerson();
                    assertIdentity(simulated, person, true, idToken(provider, simulated.idToken(ours, person)));
                }),
                test(kind, "has no verified address if the provider does not say so", () -> {
                    Person person = Loopback.newPerson();
                    Person unverified = person.withEmail(person.email(), false);
                    assertIdentity(simulated, unverified, true, idToken(provider, simulated.idToken(ours, unverified)));
                }),
                test(kind, "needs no address", () -> {
                    Person person = Loopback.newPerson().withoutEmail();
                    assertIdentity(simulated, person, true, idToken(provider, simulated.idToken(ours, person)));
                }),
                test(kind, "of another app is refused", () -> idToken(
                                provider, simulated.idToken(Provider.FOREIGN_CLIENT, Loopback.newPerson()))
                        .assertRefused(400, "invalid_request", "token_for_another_app")),
                test(kind, "that has expired is refused", () -> {
                    long then = Instant.now().getEpochSecond() - 600;
                    String token = simulated.idToken(ours, Loopback.newPerson(), claims -> claims.put("exp", then));
                    idToken(provider, token).assertRefused(400, "invalid_request", "token_expired");
                }),
                test(kind, "of another issuer is refused", () -> {
                    String token = simulated.idToken(
                            ours, Loopback.newPerson(), claims -> claims.put("iss", "https://evil.example"));
                    idToken(provider, token).assertRefused(400, "invalid_request", "issuer_mismatch");
                }));
    }

    private static Stream<DynamicTest> codes(Descriptor descriptor) {
        DataProvider simulated = DescribedProviders.simulated(descriptor.id());
        ExchangeIdentityProvider provider = DescribedProviders.of(descriptor.id());
        String ours = simulated.clientId();
        TokenKind kind = TokenKind.AUTHORIZATION_CODE;
        return Stream.of(
                test(kind, "opens the same account as the access token", () -> {
                    Person person = Loopback.newPerson();
                    Exchanged byCode = code(provider, simulated.code(ours, person, REDIRECT, CHALLENGE));
                    assertIdentity(simulated, person, simulated.data().codeTellsAsIdToken(), byCode);
                }),
                test(kind, "of another app is refused", () -> {
                    String foreign = simulated.code(Provider.FOREIGN_CLIENT, Loopback.newPerson(), REDIRECT, CHALLENGE);
                    code(provider, foreign).assertRefused(400, "invalid_request", "token_invalid");
                }),
                test(kind, "that is spent is refused", () -> {
                    String code = simulated.code(ours, Loopback.newPerson(), REDIRECT, CHALLENGE);
                    code(provider, code).assertProven();
                    code(provider, code).assertRefused(400, "invalid_request", "token_invalid");
                }),
                test(kind, "is not judged while the provider limits its rate, or is down", () -> {
                    for (Integer down : new Integer[] {null, 500, 503}) {
                        String code = simulated.code(ours, Loopback.newPerson(), REDIRECT, CHALLENGE);
                        Fault fault = down == null
                                ? simulated.data().limited().fault(code)
                                : Fault.status(down).forToken(code);
                        breakDown(simulated.data().token().url(), fault);
                        code(provider, code).assertRefused(503, "temporarily_unavailable", "provider_unavailable");
                    }
                }));
    }

    private static Stream<DynamicTest> furtherParameters(Descriptor descriptor) {
        DataProvider simulated = DescribedProviders.simulated(descriptor.id());
        ExchangeIdentityProvider provider = DescribedProviders.of(descriptor.id());
        Map<String, String> further = simulated.data().token().further();
        assertThat(further.keySet())
                .containsExactlyInAnyOrderElementsOf(descriptor
                        .authorizationCode()
                        .orElseThrow()
                        .companions()
                        .parameters());
        return descriptor.authorizationCode().orElseThrow().companions().parameters().stream()
                .map(needed -> test(TokenKind.AUTHORIZATION_CODE, "needs the " + needed + " it came with", () -> {
                    String code = simulated.code(simulated.clientId(), Loopback.newPerson(), REDIRECT, CHALLENGE);
                    code(provider, code, Map.of()).assertRefused(400, "invalid_request", "parameter_missing");
                    code(provider, code, Map.of(needed, "x".repeat(1025)))
                            .assertRefused(400, "invalid_request", "parameter_invalid");
                    if (!further.get(needed).equals(ProviderData.ANY)) {
                        code(provider, code, Map.of(needed, "another"))
                                .assertRefused(400, "invalid_request", "token_invalid");
                    }
                }));
    }

    private static Stream<DynamicTest> signedData(Descriptor descriptor) {
        if (descriptor.signedData().isEmpty()) {
            return Stream.empty();
        }
        DataProvider simulated = DescribedProviders.simulated(descriptor.id());
        String secret = simulated.data().signedData().botToken();
        ExchangeIdentityProvider provider =
                DescribedProviders.of(descriptor.id(), descriptor.id() + "-signed", Map.of("clientSecret", secret));
        TokenKind kind = TokenKind.SIGNED_DATA;
        return Stream.of(
                test(kind, "opens the account that the provider describes, however it is spelled", () -> {
                    for (TelegramSigned.Spelling spelling : TelegramSigned.Spelling.values()) {
                        Person person = Loopback.newPerson();
                        String data = simulated.signedData(secret, person).as(spelling);
                        assertIdentity(simulated, person, false, signedData(provider, data));
                    }
                }),
                test(kind, "of another app is refused", () -> {
                    for (TelegramSigned.Spelling spelling : TelegramSigned.Spelling.values()) {
                        String data = simulated
                                .signedData(TelegramSigned.FOREIGN_BOT, Loopback.newPerson())
                                .as(spelling);
                        signedData(provider, data).assertRefused(400, "invalid_request", "token_invalid");
                    }
                }),
                test(kind, "that is too old is refused", () -> {
                    String data = simulated
                            .signedData(secret, Loopback.newPerson())
                            .with("auth_date", Instant.now().getEpochSecond() - 3700)
                            .as(TelegramSigned.Spelling.WIDGET_JSON);
                    signedData(provider, data).assertRefused(400, "invalid_request", "token_too_old");
                }),
                test(kind, "that was used before is refused, in other words too", () -> {
                    TelegramSigned signed = simulated.signedData(secret, Loopback.newPerson());
                    String data = signed.as(TelegramSigned.Spelling.WIDGET_JSON);
                    signedData(provider, data).assertProven();
                    signedData(provider, data).assertRefused(400, "invalid_request", "token_replayed");
                    String again = signed.as(TelegramSigned.Spelling.WIDGET_QUERY);
                    signedData(provider, again).assertRefused(400, "invalid_request", "token_replayed");
                }));
    }
}
