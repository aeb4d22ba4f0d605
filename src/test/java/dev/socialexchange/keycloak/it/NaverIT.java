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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Naver, whose access tokens name no app, and whose OpenID Connect knows people by other ids than its API does. */
class NaverIT extends ConformanceChecks {
    private static final String OPENID = "naver-openid";

    @BeforeAll
    static void addProviders() {
        realm = new ConformanceRealm();
        realm.add("naver", "naver", Map.of());
        realm.add("naver-unbound", "naver", Map.of("exchangeUnbound", "true"));
        realm.add(OPENID, OPENID, Map.of());
    }

    @Test
    void codeNeedsItsState() {
        DataProvider naver = ConformanceRealm.provider("naver");
        String code = naver.code(naver.clientId(), Suite.newPerson(), REDIRECT, null);

        Answer answer = realm.exchange("naver", TokenType.AUTHORIZATION_CODE, code, Map.of("redirect_uri", REDIRECT));

        assertRefused(answer, 400, "invalid_request", "parameter_missing");
        assertThat(answer.text("error_description")).contains("state");
        assertThat(requests(naver.data().token().url(), code)).isZero();
    }

    @Test
    void accessTokenIsRefusedBeforeNaverIsAskedSinceItNeverSaysWhoseATokenIs() {
        DataProvider naver = ConformanceRealm.provider("naver");
        Person person = Suite.newPerson();
        String token = token(naver, person);

        Answer answer = access("naver", token);

        assertRefused(answer, 400, "invalid_request", "binding_unavailable");
        assertThat(answer.text("error_description")).endsWith("accepted: authorization_code");
        assertThat(requests(naver.data().api().get(0).url(), token)).isZero();
        assertUnknown(naver, "naver", person);
    }

    @Test
    void tokenOfAnotherAppOpensNobodysAccountThoughTheAdminAcceptsIt() {
        DataProvider naver = ConformanceRealm.provider("naver");
        Person person = Suite.newPerson();
        Answer ours = access("naver-unbound", token(naver, person));
        Answer foreign = access("naver-unbound", naver.accessToken(Provider.FOREIGN_CLIENT, person.withoutEmail()));

        assertIdentity(naver, person, false, ours);
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(200);
        assertThat(foreign.claims().path("sub")).isNotEqualTo(ours.claims().path("sub"));
    }

    @Test
    void errorWithStatus200IsNoProfile() {
        DataProvider naver = ConformanceRealm.provider("naver");
        Person person = Suite.newPerson();
        String token = token(naver, person);
        breakDown(
                naver.data().api().get(0).url(),
                Fault.body("{\"resultcode\":\"024\",\"message\":\"Authentication failed\"}")
                        .forToken(token));

        assertRefused(access("naver-unbound", token), 400, "invalid_request", "token_invalid");
        assertUnknown(naver, "naver-unbound", person);
    }

    /** Its subject is not the profile's id: whoever went by it would make two accounts of one person. */
    @Test
    void idTokenBesideACodeMakesNoSecondAccount() {
        DataProvider naver = ConformanceRealm.provider("naver");
        Person person = Suite.newPerson();
        Answer before = code("naver", naver.code(naver.clientId(), person, REDIRECT, CHALLENGE));
        String idToken = ConformanceRealm.provider("google").idToken(naver.clientId(), person);
        String code = naver.code(naver.clientId(), person, REDIRECT, CHALLENGE);
        breakDown(
                naver.data().token().url(),
                Fault.altered(tokens -> {
                            tokens.put("id_token", idToken);
                            return tokens;
                        })
                        .forToken(code));

        Answer withIdToken = code("naver", code);
        Answer byIdToken = idToken("naver", idToken);

        assertIdentity(naver, person, false, withIdToken);
        assertThat(withIdToken.claims().path("sub")).isEqualTo(before.claims().path("sub"));
        assertRefused(byIdToken, 400, "invalid_request", "token_type_unsupported");
        assertThat(realm.knows("naver", person.id())).isFalse();
    }

    /** docs/providers/naver-openid.yaml, as it stands there. */
    @Test
    void descriptorForOpenIdConnectKnowsOnePersonByIdTokenCodeAndBrowser() {
        DataProvider openId = ConformanceRealm.provider(OPENID);
        Person person = Suite.newPerson();

        Answer byIdToken = idToken(OPENID, openId.idToken(openId.clientId(), person));
        Answer byCode = code(OPENID, openId.code(openId.clientId(), person, REDIRECT, CHALLENGE));
        Answer inBrowser = realm.signIn(OPENID, person);

        assertIdentity(openId, person, true, byIdToken);
        assertThat(List.of(byCode, inBrowser))
                .allSatisfy(answer -> assertThat(answer.claims().path("sub"))
                        .as(answer.body())
                        .isEqualTo(byIdToken.claims().path("sub")));
    }

    @Test
    void tokenForOpenIdConnectOfAnotherAppIsRefused() {
        DataProvider openId = ConformanceRealm.provider(OPENID);
        Person person = Suite.newPerson();

        Answer answer = idToken(OPENID, openId.idToken(Provider.FOREIGN_CLIENT, person));

        assertRefused(answer, 400, "invalid_request", "token_for_another_app");
        assertUnknown(openId, OPENID, person);
    }
}
