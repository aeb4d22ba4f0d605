package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import dev.socialexchange.keycloak.type.Conformance;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every provider of the catalogue signs people in, by every kind of token that it has and by browser. What it has to do
 * beyond that is shown without a server, by {@code ConformanceTest}. Nothing here knows any provider.
 */
class ConformanceIT extends ConformanceChecks {
    private static final String SIGNED = "-signed";
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
                realm.add(descriptor.id() + SIGNED, descriptor.id(), Map.of("clientSecret", secret));
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
                                        signedData(descriptor),
                                        browser(descriptor))
                                .flatMap(tests -> tests)));
    }

    private static Stream<DynamicTest> accessTokens(Descriptor descriptor) {
        if (descriptor.accessToken().isEmpty() || !bindable(descriptor) && !descriptor.opensWithAccessTokenAlone()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        String alias = bindable(descriptor) ? id : id + UNBOUND;
        return Stream.of(test(id, TokenKind.ACCESS_TOKEN, "opens the account that the provider describes", () -> {
            Person person = Suite.newPerson();
            assertIdentity(provider, person, false, access(alias, token(provider, person)));
        }));
    }

    private static Stream<DynamicTest> idTokens(Descriptor descriptor) {
        if (descriptor.idToken().isEmpty()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        return Stream.of(test(id, TokenKind.ID_TOKEN, "opens the account that the provider describes", () -> {
            Person person = Suite.newPerson();
            assertIdentity(provider, person, true, idToken(id, provider.idToken(provider.clientId(), person)));
        }));
    }

    private static Stream<DynamicTest> codes(Descriptor descriptor) {
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        return Stream.of(test(id, TokenKind.AUTHORIZATION_CODE, "opens the same account as the access token", () -> {
            Person person = Suite.newPerson();
            Answer byCode = code(id, provider.code(provider.clientId(), person, REDIRECT, CHALLENGE));
            assertIdentity(provider, person, provider.data().codeTellsAsIdToken(), byCode);
        }));
    }

    private static Stream<DynamicTest> signedData(Descriptor descriptor) {
        if (descriptor.signedData().isEmpty()) {
            return Stream.empty();
        }
        String id = descriptor.id();
        DataProvider provider = ConformanceRealm.provider(id);
        String secret = provider.data().signedData().botToken();
        return Stream.of(test(id, TokenKind.SIGNED_DATA, "opens the account that the provider describes", () -> {
            Person person = Suite.newPerson();
            String data = provider.signedData(secret, person).as(TelegramSigned.Spelling.WIDGET_JSON);
            assertIdentity(provider, person, false, signedData(id + SIGNED, data));
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
