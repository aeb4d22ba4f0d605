package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderToken;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Legacy;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.type.DocumentedDescriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documentation's example of a provider in a file, as printed, and what becomes of its tokens. */
class DescriptorFolderIT {
    private static final String REDIRECT = "com.example.app:/callback";
    private static final String ALWAYS_TOO_SHORT = String.valueOf(30 * 24 * 3600);
    private static final Legacy PROVIDER = Suite.providers().legacy();

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void browserLoginTokenAndCodeLeadToTheSameUser() {
        String alias = described(Map.of());
        Person person = Suite.newPerson();

        Answer inBrowser = browser(alias, person);
        Answer byToken = byToken(alias, PROVIDER.accessToken(Legacy.CLIENT_ID, person));
        Answer byCode = byCode(alias, person);

        assertThat(inBrowser.status()).as(inBrowser.body()).isEqualTo(200);
        assertThat(List.of(byToken, byCode))
                .allSatisfy(answer -> assertThat(answer.claims().path("sub").asText())
                        .as(answer.body())
                        .isEqualTo(inBrowser.claims().path("sub").asText()));
        assertThat(realm.user(inBrowser).path("username").asText()).isEqualTo(person.username());
        assertThat(realm.user(inBrowser).path("email").asText()).isEqualTo(person.email());
        assertThat(realm.linked(alias, person)).hasSize(1);
    }

    @Test
    void tokenOfAnotherAppIsRefusedBeforeAnyUserIsTouched() {
        String alias = described(Map.of());
        Person person = Suite.newPerson();

        Answer answer = byToken(alias, PROVIDER.accessToken(Provider.FOREIGN_CLIENT, person));

        assertRefused(answer, 400, "invalid_request", "token_for_another_app");
        assertThat(realm.linked(alias, person)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere, no usable file nowhere.yaml",
        Suite.BROKEN_DESCRIPTOR + ", no usable file broken.yaml",
        "../intranet, without path",
        "intranet.yaml, without path",
        "/etc/passwd, without path"
    })
    void savingRefusesDescriptorThatIsNotUsable(String name, String message) {
        assertThatThrownBy(() -> described(Map.of("descriptor", name)))
                .hasMessageContaining("answered 400")
                .hasMessageContaining(message);
    }

    @Test
    void savingRefusesUrlsBesideADescriptor() {
        assertThatThrownBy(() -> described(Map.of("userInfoUrl", "https://other.example/me")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("(descriptor) stands for all URLs");
    }

    @Test
    void expiredTokenOfABrowserLoginIsRefreshedWhenItIsRead() {
        String alias = described(Map.of("minValidityToken", ALWAYS_TOO_SHORT));

        assertRefreshed(alias, browser(alias, Suite.newPerson()), "");
    }

    @Test
    void expiredTokenOfACodeIsRefreshedWhenItIsRead() {
        String alias = described(Map.of("minValidityToken", ALWAYS_TOO_SHORT));

        assertRefreshed(alias, byCode(alias, Suite.newPerson()), "");
    }

    @Test
    void exchangedAccessTokenIsKeptAndRefreshedByTheCodesRefreshTokenOnceItHasExpired() {
        String lasting = described(Map.of());
        String expired = described(Map.of("minValidityToken", ALWAYS_TOO_SHORT));
        for (String alias : List.of(lasting, expired)) {
            Person person = Suite.newPerson();
            byCode(alias, person);
            String token = PROVIDER.accessToken(Legacy.CLIENT_ID, person);
            Answer answer = byToken(alias, token);
            if (alias.equals(expired)) {
                assertRefreshed(alias, answer, token);
            } else {
                assertThat(ProviderToken.read(realm, alias, answer.accessToken())
                                .text("access_token"))
                        .isEqualTo(token);
            }
        }
    }

    @Test
    void exchangedAccessTokenWithoutRefreshTokenIsHandedOutAsItIs() {
        String alias = described(Map.of("minValidityToken", ALWAYS_TOO_SHORT));
        String token = PROVIDER.accessToken(Legacy.CLIENT_ID, Suite.newPerson());

        Answer stored = ProviderToken.read(realm, alias, byToken(alias, token).accessToken());

        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(stored.text("access_token")).isEqualTo(token);
    }

    /** Every reading of a token that is never valid for long enough brings another one, and keeps the refresh token. */
    private static void assertRefreshed(String alias, Answer login, String sent) {
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        Answer first = ProviderToken.read(realm, alias, login.accessToken());
        Answer second = ProviderToken.read(realm, alias, login.accessToken());
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.text("access_token")).startsWith("legacy-at-").isNotIn(sent, first.text("access_token"));
        assertThat(second.text("refresh_token")).isNotEmpty().isEqualTo(first.text("refresh_token"));
    }

    private static String described(Map<String, String> settings) {
        return realm.provider("custom", provider -> {
            provider.put("storeToken", true).put("addReadTokenRoleOnCreate", true);
            ObjectNode config = provider.withObject("/config");
            String secret = config.path("clientSecret").asText();
            config.removeAll();
            config.put("clientId", Legacy.CLIENT_ID)
                    .put("clientSecret", secret)
                    .put("syncMode", "IMPORT")
                    .put("exchangeClients", Suite.SPA)
                    .put("descriptor", DocumentedDescriptor.ID)
                    .put(
                            "exchangeEndpoints",
                            Json.write(List.of(Map.of(
                                    "key",
                                    DocumentedDescriptor.ORIGIN,
                                    "value",
                                    Suite.providers().url() + "/legacy.example"))));
            settings.forEach(config::put);
        });
    }

    private static Answer browser(String alias, Person person) {
        return new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
    }

    private static Answer byToken(String alias, String token) {
        return realm.tokens()
                .exchange(alias)
                .as(Suite.SPA)
                .type(TokenType.ACCESS_TOKEN)
                .subjectToken(token)
                .scope("openid")
                .send();
    }

    private static Answer byCode(String alias, Person person) {
        Answer answer = realm.tokens()
                .exchange(alias)
                .as(Suite.SPA)
                .type(TokenType.AUTHORIZATION_CODE)
                .subjectToken(PROVIDER.code(Legacy.CLIENT_ID, person, REDIRECT, null))
                .param("redirect_uri", REDIRECT)
                .scope("openid")
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
