package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.type.Conformance;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every provider of the catalogue has to do, for every kind of token that it has. Nothing here knows any provider. */
class ConformanceIT extends ConformanceChecks {
    private static final String UNBOUND = "-unbound";

    @BeforeAll
    static void addEveryProviderOfTheCatalogue() {
        realm = new ConformanceRealm();
        for (Descriptor descriptor : Conformance.descriptors()) {
            realm.add(descriptor.id(), descriptor.id(), Map.of());
            if (descriptor.signedData().isPresent()) {
                String secret = ConformanceRealm.provider(descriptor.id())
                        .data()
                        .signedData()
                        .botToken();
                realm.add(descriptor.id() + SpecialConformance.SIGNED, descriptor.id(), Map.of("clientSecret", secret));
            }
            if (!bindable(descriptor) && descriptor.accessToken().isPresent()) {
                realm.add(descriptor.id() + UNBOUND, descriptor.id(), Map.of("exchangeUnbound", "true"));
            }
        }
    }

    @AfterAll
    static void printTable() {
        TABLE.print();
    }

    @TestFactory
    Stream<DynamicContainer> everyProvider() {
        return Conformance.descriptors().stream()
                .map(descriptor -> DynamicContainer.dynamicContainer(
                        descriptor.id(),
                        Stream.of(
                                        accessTokens(descriptor),
                                        idTokens(descriptor),
                                        codes(descriptor),
                                        SpecialConformance.furtherParameters(descriptor),
                                        SpecialConformance.signedData(descriptor),
                                        browser(descriptor))
                                .flatMap(tests -> tests)));
    }

    private static Stream<DynamicTest> accessTokens(Descriptor descriptor) {
        if (descriptor.accessToken().isEmpty()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        boolean bound = bindable(descriptor);
        String alias = bound ? id : id + UNBOUND;
        TokenKind kind = TokenKind.ACCESS_TOKEN;
        if (!bound && !descriptor.opensWithAccessTokenAlone()) {
            return Stream.of(test(id, kind, "is refused, whatever the admin accepts", () -> {
                Person person = Suite.newPerson();
                assertRefused(access(alias, token(provider, person)), 400, "invalid_request", "binding_unavailable");
                assertUnknown(provider, alias, person);
            }));
        }
        return Stream.of(
                test(id, kind, "opens the account that the provider describes", () -> {
                    Person person = Suite.newPerson();
                    assertIdentity(provider, person, false, access(alias, token(provider, person)));
                }),
                test(id, kind, "has no verified address if the provider does not say so", () -> {
                    Person person = Suite.newPerson();
                    Person unverified = person.withEmail(person.email(), false);
                    assertIdentity(provider, unverified, false, access(alias, token(provider, unverified)));
                }),
                test(id, kind, "needs no address", () -> {
                    Person person = Suite.newPerson().withoutEmail();
                    assertIdentity(provider, person, false, access(alias, token(provider, person)));
                }),
                test(id, kind, "of another app is refused", () -> {
                    Person person = Suite.newPerson();
                    String foreign = provider.accessToken(Provider.FOREIGN_CLIENT, person);
                    Answer answer = access(id, foreign);
                    assertRefused(
                            answer, 400, "invalid_request", bound ? "token_for_another_app" : "binding_unavailable");
                    assertThat(answer.text("error_description")).doesNotContain(provider.clientId());
                    if (!bound) {
                        assertThat(answer.text("error_description"))
                                .contains(descriptor.provable().stream()
                                        .map(TokenKind::id)
                                        .toList());
                    }
                    assertUnknown(provider, id, person);
                }),
                test(id, kind, "that nobody knows is refused", () -> {
                    assertRefused(access(alias, provider.neverIssued()), 400, "invalid_request", "token_invalid");
                }),
                test(id, kind, "that has expired is refused", () -> {
                    Person person = Suite.newPerson();
                    String token = token(provider, person);
                    provider.expire(token);
                    Answer answer = access(alias, token);
                    assertThat(answer.errorReason()).as(answer.body()).isIn("token_invalid", "token_expired");
                    assertRefused(answer, 400, "invalid_request", answer.errorReason());
                    assertUnknown(provider, alias, person);
                }),
                test(id, kind, "is not judged while the provider limits its rate", () -> {
                    assertUnavailable(provider, alias, true);
                }),
                test(id, kind, "is not judged while the provider is down", () -> {
                    assertUnavailable(provider, alias, false);
                }));
    }

    private static Stream<DynamicTest> idTokens(Descriptor descriptor) {
        if (descriptor.idToken().isEmpty()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        TokenKind kind = TokenKind.ID_TOKEN;
        return Stream.of(
                test(id, kind, "opens the account that the provider describes", () -> {
                    Person person = Suite.newPerson();
                    assertIdentity(provider, person, true, idToken(id, provider.idToken(provider.clientId(), person)));
                }),
                test(id, kind, "has no verified address if the provider does not say so", () -> {
                    Person person = Suite.newPerson();
                    Person unverified = person.withEmail(person.email(), false);
                    String token = provider.idToken(provider.clientId(), unverified);
                    assertIdentity(provider, unverified, true, idToken(id, token));
                }),
                test(id, kind, "needs no address", () -> {
                    Person person = Suite.newPerson().withoutEmail();
                    assertIdentity(provider, person, true, idToken(id, provider.idToken(provider.clientId(), person)));
                }),
                test(id, kind, "of another app is refused", () -> {
                    Person person = Suite.newPerson();
                    Answer answer = idToken(id, provider.idToken(Provider.FOREIGN_CLIENT, person));
                    assertRefused(answer, 400, "invalid_request", "token_for_another_app");
                    assertUnknown(provider, id, person);
                }),
                test(id, kind, "that has expired is refused", () -> {
                    Person person = Suite.newPerson();
                    long then = Instant.now().getEpochSecond() - 600;
                    String token = provider.idToken(provider.clientId(), person, claims -> claims.put("exp", then));
                    assertRefused(idToken(id, token), 400, "invalid_request", "token_expired");
                    assertUnknown(provider, id, person);
                }),
                test(id, kind, "of another issuer is refused", () -> {
                    String token = provider.idToken(
                            provider.clientId(),
                            Suite.newPerson(),
                            claims -> claims.put("iss", "https://evil.example"));
                    assertRefused(idToken(id, token), 400, "invalid_request", "issuer_mismatch");
                }));
    }

    private static Stream<DynamicTest> codes(Descriptor descriptor) {
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        TokenKind kind = TokenKind.AUTHORIZATION_CODE;
        return Stream.of(
                test(id, kind, "opens the same account as the access token", () -> {
                    Person person = Suite.newPerson();
                    Answer byCode = code(id, provider.code(provider.clientId(), person, REDIRECT, CHALLENGE));
                    assertIdentity(provider, person, provider.data().codeTellsAsIdToken(), byCode);
                }),
                test(id, kind, "of another app is refused", () -> {
                    Person person = Suite.newPerson();
                    Answer answer = code(id, provider.code(Provider.FOREIGN_CLIENT, person, REDIRECT, CHALLENGE));
                    assertRefused(answer, 400, "invalid_request", "token_invalid");
                    assertUnknown(provider, id, person);
                }),
                test(id, kind, "that is spent is refused", () -> {
                    String code = provider.code(provider.clientId(), Suite.newPerson(), REDIRECT, CHALLENGE);
                    assertThat(code(id, code).status()).isEqualTo(200);
                    assertRefused(code(id, code), 400, "invalid_request", "token_invalid");
                }),
                test(id, kind, "is not judged while the provider limits its rate, or is down", () -> {
                    for (Integer down : new Integer[] {null, 500, 503}) {
                        String code = provider.code(provider.clientId(), Suite.newPerson(), REDIRECT, CHALLENGE);
                        ProviderData.Failure limited = provider.data().limited();
                        Fault fault = down == null
                                ? limited.fault(code)
                                : Fault.status(down).forToken(code);
                        breakDown(provider.data().token().url(), fault);
                        assertRefused(code(id, code), 503, "temporarily_unavailable", "provider_unavailable");
                    }
                }));
    }

    private static Stream<DynamicTest> browser(Descriptor descriptor) {
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        return Stream.of(test(id, null, "leads to the same user as an exchange", () -> {
            Person person = Suite.newPerson();
            Answer inBrowser = realm.signIn(id, person);
            assertInBrowser(provider, id, person, inBrowser);
            Answer exchanged = bindable(descriptor)
                    ? access(id, token(provider, person))
                    : code(id, provider.code(provider.clientId(), person, REDIRECT, CHALLENGE));
            assertInBrowser(provider, id, person, exchanged);
            assertThat(exchanged.json().path("user_created").asBoolean()).isFalse();
            assertThat(exchanged.claims().path("sub"))
                    .isEqualTo(inBrowser.claims().path("sub"));
        }));
    }

    private static void assertInBrowser(DataProvider provider, String id, Person person, Answer answer) {
        if (Conformance.signsInByKeycloak(id)) {
            assertSamePerson(provider, person, answer);
        } else {
            assertIdentity(provider.identityInBrowser(person), answer);
        }
    }

    private static boolean bindable(Descriptor descriptor) {
        return descriptor.provable().contains(TokenKind.ACCESS_TOKEN);
    }
}
