package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Id tokens that are for somebody else, or for somebody else as well. */
class IdTokenAudienceTest {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenMintedForAnotherApp(String like) {
        refuses(like, Provider.FOREIGN_CLIENT, claims -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenWithForeignAudienceBesideOurs(String like) {
        String ours = DemoProviders.simulated(like).clientId();
        refuses(like, ours, claims -> claims.put("aud", List.of(ours, Provider.FOREIGN_CLIENT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenThatAnotherAppAskedForOnOurBehalf(String like) {
        refuses(like, DemoProviders.simulated(like).clientId(), claims -> claims.put("azp", Provider.FOREIGN_CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenWithoutAudience(String like) {
        refuses(like, DemoProviders.simulated(like).clientId(), claims -> claims.remove("aud"));
        refuses(like, DemoProviders.simulated(like).clientId(), claims -> claims.put("aud", List.of()));
        refuses(like, DemoProviders.simulated(like).clientId(), claims -> claims.put("aud", Map.of("x", "y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "acme"})
    void refusesAudienceThatOnlyResemblesOurs(String like) {
        String ours = DemoProviders.simulated(like).clientId();
        refuses(like, ours.toUpperCase(Locale.ROOT), claims -> {});
        refuses(like, ours + "##x", claims -> {});
        refuses(like, ours, claims -> claims.put("azp", List.of(ours)));
    }

    private static void refuses(String like, String client, Consumer<Map<String, Object>> claims) {
        OpenIdProvider provider = DemoProviders.openId(like);
        Person person = Loopback.newPerson();

        Exchanged answer = Loopback.idToken(DemoProviders.like(like), provider.idToken(client, person, claims));

        answer.assertRefused(400, "invalid_request", "token_for_another_app");
        assertThat(answer.description()).doesNotContain(provider.clientId());
        assertThat(answer.event()).startsWith("token_for_another_app");
    }
}
