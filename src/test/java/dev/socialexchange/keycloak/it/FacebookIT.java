package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Facebook;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What only Facebook has: a proof of the app's secret, and fields that are fetched when asked for. */
class FacebookIT {
    private final Facebook facebook = Suite.providers().facebook();

    @Test
    void provesTheAppsSecretToTheGraphApi() throws GeneralSecurityException {
        String token = facebook.accessToken(Facebook.APP_ID, Suite.newPerson());

        assertTokens(Exchanges.accessToken("facebook", token));

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("facebook-secret".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.US_ASCII)));
        List<Request> requests = ProviderEndpoint.profile("facebook").requests(Suite.providers(), token);
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).query()).containsEntry("appsecret_proof", expected);
        assertThat(requests.get(0).rawQuery())
                .as("the token stays out of access logs")
                .doesNotContain(token);
    }

    @Test
    void fetchesTheFieldsThatTheAdminHasNamed() {
        String alias = Suite.identityProvider("facebook", Map.of("fetchedFields", "picture"));
        String token = facebook.accessToken(Facebook.APP_ID, Suite.newPerson());

        assertTokens(Exchanges.accessToken(alias, token));

        assertThat(ProviderEndpoint.profile("facebook").requests(Suite.providers(), token))
                .singleElement()
                .satisfies(request -> assertThat(request.query().get("fields"))
                        .startsWith("id,name,email,first_name,last_name")
                        .endsWith(",picture"));
    }

    @Test
    void fieldThatFacebookDoesNotHaveIsNoFaultOfTheToken() {
        String alias = Suite.identityProvider("facebook", Map.of("fetchedFields", "shoe_size"));
        Person person = Suite.newPerson();

        assertRefused(
                Exchanges.accessToken(alias, facebook.accessToken(Facebook.APP_ID, person)),
                503,
                "temporarily_unavailable",
                "provider_unavailable",
                alias,
                person.id());
    }

    /** Facebook does not say whether an address was ever verified. */
    @Test
    void neverVouchesForAnAddress() {
        for (String kind : List.of("access", "id")) {
            String alias = ProviderCopies.copy("facebook", provider -> provider.put("trustEmail", true));
            Person person = Suite.newPerson();
            assertTokens(
                    kind.equals("id")
                            ? Exchanges.idToken(
                                    alias,
                                    facebook.idToken(
                                            Facebook.APP_ID, person, claims -> claims.put("email_verified", true)))
                            : Exchanges.accessToken(alias, facebook.accessToken(Facebook.APP_ID, person)));
            assertThat(Suite.linked(alias, person.id())
                            .get(0)
                            .path("emailVerified")
                            .asBoolean())
                    .isFalse();
        }
    }
}
