package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stored tokens that end too soon are refreshed as the provider wants it: in the standard's way, at an address of its own,
 * or with what came along with the code.
 */
class TokenRefreshIT extends ConformanceChecks {
    /** Longer than any token lives, so that each look at what is stored refreshes it. */
    private static final Map<String, String> TOO_SOON = Map.of("minValidityToken", "100000");

    @BeforeAll
    static void createRealm() {
        realm = new ConformanceRealm();
    }

    @ParameterizedTest
    @ValueSource(strings = {"discord", "vk", "wechat"})
    void tokensOfACodeAreRefreshed(String type) {
        String alias = storing(type);

        assertRefreshed(type, alias, byCode(type, alias));
    }

    @ParameterizedTest
    @ValueSource(strings = {"discord", "vk", "wechat"})
    void tokensOfABrowserLoginAreRefreshed(String type) {
        String alias = storing(type);

        assertRefreshed(type, alias, realm.signIn(alias, Suite.newPerson()));
    }

    /** VK's refresh token is worth nothing without the device that it came with. */
    @Test
    void laterTokenWithoutARefreshTokenLosesNothingThatARefreshNeeds() {
        String alias = Suite.unique("vk");
        realm.addStoring(alias, "vk", Map.of("exchangeUnbound", "true"));
        Person person = Suite.newPerson();
        Answer first = realm.storedToken(alias, byCode("vk", alias, person));
        DataProvider vk = ConformanceRealm.provider("vk");
        String token = vk.accessToken(vk.clientId(), person);

        Answer later = realm.storedToken(alias, realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of()));

        assertThat(later.text("access_token")).isEqualTo(token);
        assertThat(first.text("refresh_token")).isNotBlank().isEqualTo(later.text("refresh_token"));
        assertThat(first.text("device_id")).isNotBlank().isEqualTo(later.text("device_id"));
    }

    /** WeChat says so with status 200 and without the word that Keycloak looks for. */
    @Test
    void refusalIsNotStoredInPlaceOfTheTokens() {
        String alias = storing("wechat");
        Answer login = byCode("wechat", alias);
        Answer before = realm.storedToken(alias, login);
        String refusal = "{\"errcode\":40030,\"errmsg\":\"invalid refresh_token\"}";
        breakDown(
                ConformanceRealm.provider("wechat").data().token().refreshUrl(),
                Fault.json(200, refusal).forToken(before.text("refresh_token")));

        Answer refused = realm.storedToken(alias, login);

        assertThat(refused.status()).as(refused.body()).isEqualTo(502);
        assertThat(refused.body()).contains("Unable to refresh token");
        realm.admin().configureIdentityProvider(alias, Map.of("minValidityToken", "1"));
        Answer after = realm.storedToken(alias, login);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json()).isEqualTo(before.json());
    }

    private static String storing(String type) {
        String alias = Suite.unique(type);
        realm.addStoring(alias, type, TOO_SOON);
        return alias;
    }

    private static Answer byCode(String type, String alias) {
        return byCode(type, alias, Suite.newPerson());
    }

    private static Answer byCode(String type, String alias, Person person) {
        DataProvider provider = ConformanceRealm.provider(type);
        String code = provider.code(provider.clientId(), person, REDIRECT, CHALLENGE);
        return code(alias, code, provider.data().token().further());
    }

    private static void assertRefreshed(String type, String alias, Answer login) {
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        ProviderData.Token token = ConformanceRealm.provider(type).data().token();
        URI url = URI.create(Objects.requireNonNullElse(token.refreshUrl(), token.url()));

        Answer once = realm.storedToken(alias, login);
        Answer twice = realm.storedToken(alias, login);

        assertThat(once.status()).as(once.body()).isEqualTo(200);
        assertThat(twice.status()).as(twice.body()).isEqualTo(200);
        assertThat(twice.text("access_token")).isNotBlank().isNotEqualTo(once.text("access_token"));
        assertThat(twice.text("refresh_token")).isNotBlank().isEqualTo(once.text("refresh_token"));
        assertThat(Suite.providers().requests(url.getHost(), url.getPath()))
                .filteredOn(request -> request.carries(once.text("refresh_token")))
                .hasSize(2);
    }
}
