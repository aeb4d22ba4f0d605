package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
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
class IdTokenAudienceIT {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenMintedForAnotherApp(String like) {
        refuses(like, Provider.FOREIGN_CLIENT, claims -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenWithForeignAudienceBesideOurs(String like) {
        String ours = ProviderTokens.of(like).clientId();
        refuses(like, ours, claims -> claims.put("aud", List.of(ours, Provider.FOREIGN_CLIENT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenThatAnotherAppAskedForOnOurBehalf(String like) {
        refuses(like, ProviderTokens.of(like).clientId(), claims -> claims.put("azp", Provider.FOREIGN_CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "acme", "partner"})
    void refusesTokenWithoutAudience(String like) {
        refuses(like, ProviderTokens.of(like).clientId(), claims -> claims.remove("aud"));
        refuses(like, ProviderTokens.of(like).clientId(), claims -> claims.put("aud", List.of()));
        refuses(like, ProviderTokens.of(like).clientId(), claims -> claims.put("aud", Map.of("x", "y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "acme"})
    void refusesAudienceThatOnlyResemblesOurs(String like) {
        String ours = ProviderTokens.of(like).clientId();
        refuses(like, ours.toUpperCase(Locale.ROOT), claims -> {});
        refuses(like, ours + "##x", claims -> {});
        refuses(like, ours, claims -> claims.put("azp", List.of(ours)));
    }

    private static void refuses(String like, String client, Consumer<Map<String, Object>> claims) {
        OpenIdProvider provider = ProviderTokens.openId(like);
        Person person = Suite.newPerson();
        String alias = Suite.identityProvider(like, Map.of());

        Answer answer = Exchanges.idToken(alias, provider.idToken(client, person, claims));

        assertRefused(answer, 400, "invalid_request", "token_for_another_app", alias, person.id());
        assertThat(answer.body()).doesNotContain(provider.clientId());
        assertThat(Exchanges.refusals(alias)).hasSize(1).first().asString().startsWith("token_for_another_app");
    }
}
