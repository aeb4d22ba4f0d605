package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one provider does and no other, where a general test would not meet it. */
class ProviderPeculiaritiesIT extends ConformanceChecks {

    @BeforeAll
    static void addProviders() {
        realm = new ConformanceRealm();
        realm.add("instagram", "instagram", Map.of());
        realm.add("line", "line", Map.of("exchangeAudience", "2009999999"));
        realm.add("linkedin", "linkedin-openid-connect", Map.of());
        realm.add("microsoft", "microsoft", Map.of());
        realm.add("notion", "notion", Map.of("exchangeUnbound", "true"));
        realm.add("reddit", "reddit", Map.of());
        realm.add("tiktok", "tiktok", Map.of("exchangeUnbound", "true"));
        realm.add("x", "x", Map.of("exchangeUnbound", "true"));
        realm.add("yandex", "yandex", Map.of());
    }

    /** As Meta's page prints the answer; what the conformance test meets is the plain form. */
    @Test
    void instagramTokenInAListOfOneIsFoundByCodeAndInABrowser() {
        DataProvider instagram = ConformanceRealm.provider("instagram");
        Person person = Suite.newPerson();
        String code = instagram.code(instagram.clientId(), person, REDIRECT, null);
        for (String request : new String[] {code, "/broker/instagram/endpoint"}) {
            breakDown(
                    instagram.data().token().url(),
                    Fault.altered(tokens -> new TreeMap<>(Map.of("data", List.of(tokens))))
                            .forToken(request));
        }

        Answer byCode =
                realm.exchange("instagram", TokenType.AUTHORIZATION_CODE, code, Map.of("redirect_uri", REDIRECT));
        Answer inBrowser = realm.signIn("instagram", person);

        assertIdentity(instagram, person, false, byCode);
        assertThat(inBrowser.claims().path("sub")).isEqualTo(byCode.claims().path("sub"));
    }

    @Test
    void lineTokenOfANativeAppIsVerifiedByItsKeys() {
        DataProvider line = ConformanceRealm.provider("line");
        Person person = Suite.newPerson();
        String token = line.idToken(line.clientId(), person, claims -> {}, header -> header.put("alg", "ES256"));

        assertIdentity(line.identity(person, true), idToken("line", token));
        assertThat(verified(token)).isZero();
    }

    @Test
    void lineTokenOfOurOtherChannelIsVerifiedWithoutItsSecret() {
        DataProvider line = ConformanceRealm.provider("line");
        line.register("2009999999", "a secret that we do not hold");
        Person person = Suite.newPerson();

        Answer answer = idToken("line", line.idToken("2009999999", person));

        assertIdentity(line.identity(person, true), answer);
    }

    @Test
    void lineTokenThatSomebodyElseSignedIsRefused() {
        DataProvider line = ConformanceRealm.provider("line");
        Person person = Suite.newPerson();
        String good = line.idToken(line.clientId(), person);
        String foreign = line.idToken(
                Provider.FOREIGN_CLIENT, person, claims -> claims.put("aud", line.clientId())); // by its own secret

        assertRefused(idToken("line", foreign), 400, "invalid_request", "token_invalid");
        assertUnknown(line, "line", person);
        assertRefused(
                idToken("line", good.substring(0, good.length() - 4) + "AAAA"),
                400,
                "invalid_request",
                "token_invalid");
    }

    @Test
    void lineTokenWithAnotherSymmetricAlgorithmIsRefused() {
        DataProvider line = ConformanceRealm.provider("line");
        Person person = Suite.newPerson();
        String token = line.idToken(line.clientId(), person, claims -> {}, header -> header.put("alg", "HS384"));

        assertRefused(idToken("line", token), 400, "invalid_request", "token_invalid");
        assertUnknown(line, "line", person);
    }

    @Test
    void lineTokenIsNotJudgedWhileNobodyVerifiesIt() {
        DataProvider line = ConformanceRealm.provider("line");
        for (int status : new int[] {429, 500}) {
            Person person = Suite.newPerson();
            String token = line.idToken(line.clientId(), person);
            breakDown(line.data().idToken().verify(), Fault.status(status).forToken(token));
            assertRefused(idToken("line", token), 503, "temporarily_unavailable", "provider_unavailable");
            assertUnknown(line, "line", person);
        }
    }

    @Test
    void lineTokenWithAnswerAboutSomebodyElseIsRefused() {
        DataProvider line = ConformanceRealm.provider("line");
        Person person = Suite.newPerson();
        String token = line.idToken(line.clientId(), person);
        String answer = "{\"iss\":\"https://access.line.me\",\"sub\":\"U0\",\"aud\":\"%s\"}".formatted(line.clientId());
        breakDown(line.data().idToken().verify(), Fault.body(answer).forToken(token));

        assertRefused(idToken("line", token), 400, "invalid_request", "token_invalid");
        assertUnknown(line, "line", person);
    }

    @Test
    void linkedInCodeThatDoesNotFitItsRedirectUriIsRefusedAndNoOutage() {
        DataProvider linkedIn = ConformanceRealm.provider("linkedin-openid-connect");
        Person person = Suite.newPerson();
        String code = linkedIn.code(linkedIn.clientId(), person, REDIRECT, null);
        String answer =
                "{\"error\":\"invalid_redirect_uri\",\"error_description\":\"Unable to retrieve access token\"}";
        breakDown(linkedIn.data().token().url(), Fault.json(400, answer).forToken(code));

        assertRefused(
                realm.exchange("linkedin", TokenType.AUTHORIZATION_CODE, code, Map.of("redirect_uri", REDIRECT)),
                400,
                "invalid_request",
                "token_invalid");
        assertUnknown(linkedIn, "linkedin", person);
    }

    @Test
    void microsoftIdTokenOfVersion1IsRefused() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        Person person = Suite.newPerson();
        String token = microsoft.idToken(
                microsoft.clientId(),
                person,
                claims -> claims.put("iss", "https://sts.windows.net/" + claims.get("tid") + "/"));

        assertRefused(idToken("microsoft", token), 400, "invalid_request", "issuer_mismatch");
        assertUnknown(microsoft, "microsoft", person);
    }

    @Test
    void notionBotOfAWorkspaceIsNobody() {
        DataProvider notion = ConformanceRealm.provider("notion");
        Person person = Suite.newPerson();
        String token = token(notion, person);
        String bot =
                "{\"object\":\"user\",\"id\":\"b07\",\"type\":\"bot\",\"bot\":{\"owner\":{\"type\":\"workspace\",\"workspace\":true}}}";
        breakDown(notion.data().api().get(0).url(), Fault.body(bot).forToken(token));

        assertRefused(access("notion", token), 400, "invalid_request", "token_invalid");
        assertThat(realm.knows("notion", "b07")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reddit", "yandex"})
    void documentThatIsBindingAndProfileInOneIsAskedForOnce(String alias) {
        DataProvider provider = ConformanceRealm.provider(alias);
        String profile = provider.data().api().get(0).url();
        Person person = Suite.newPerson();
        String good = token(provider, person);
        String foreign = provider.accessToken(Provider.FOREIGN_CLIENT, Suite.newPerson());
        String unknown = "invented-" + Suite.unique("token");

        assertIdentity(provider, person, false, access(alias, good));
        assertRefused(access(alias, foreign), 400, "invalid_request", "token_for_another_app");
        assertRefused(access(alias, unknown), 400, "invalid_request", "token_invalid");

        for (String token : List.of(good, foreign, unknown)) {
            assertThat(requests(profile, token)).isEqualTo(1);
        }
    }

    @Test
    void tikTokAppWithTheBasicScopeAloneSignsPeopleIn() {
        DataProvider tikTok = ConformanceRealm.provider("tiktok");
        Person person = Suite.newPerson();

        Answer byToken = access("tiktok", tikTok.accessToken(tikTok.clientId(), person, Set.of("user.info.basic")));

        assertIdentity(tikTok, person, false, byToken);
    }

    @Test
    void tikTokUsernameComesWithItsOwnScope() {
        DataProvider tikTok = ConformanceRealm.provider("tiktok");
        Person person = Suite.newPerson();
        Set<String> scopes = Set.of("user.info.basic", "user.info.profile");

        Answer byToken = access("tiktok", tikTok.accessToken(tikTok.clientId(), person, scopes));

        Map<String, Object> identity = tikTok.identity(person, false);
        identity.put("username", person.username());
        assertIdentity(identity, byToken);
    }

    /** X sells its calls in advance, and says nowhere with which status it stops: none of these is the token's fault. */
    @Test
    void xWithoutCreditIsAnOutage() {
        DataProvider x = ConformanceRealm.provider("x");
        for (int status : new int[] {402, 403, 429}) {
            Person person = Suite.newPerson();
            String token = token(x, person);
            breakDown(x.data().api().get(0).url(), Fault.status(status).forToken(token));

            assertRefused(access("x", token), 503, "temporarily_unavailable", "provider_unavailable");
            assertUnknown(x, "x", person);
        }
    }

    @Test
    void yandexVouchesForTheAccountsOwnMailboxAndForNoOtherAddress() {
        DataProvider yandex = ConformanceRealm.provider("yandex");
        Person own = Suite.newPerson();
        own = own.withEmail(own.username() + "@yandex.ru", false);
        Person other = Suite.newPerson();
        other = other.withEmail("somebody-" + other.username() + "@yandex.ru", true);

        Map<String, Object> identity = yandex.identity(own, false);
        identity.put("emailVerified", true);
        assertIdentity(identity, access("yandex", token(yandex, own)));
        assertIdentity(yandex, other, false, access("yandex", token(yandex, other)));
    }

    private static long verified(String token) {
        return requests(ConformanceRealm.provider("line").data().idToken().verify(), token);
    }
}
