package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of a provider that cannot say which app they are for; what is refused is shown by {@code UnboundTest}. */
class UnboundIT {
    private static final String INTROSPECTION = "tokenIntrospectionUrl";

    @ParameterizedTest
    @ValueSource(strings = {"custom", "acme"})
    void acceptsTokenOfAnyAppOnceTheAdminHasAcceptedThat(String like) {
        String alias = ProviderCopies.without(like, List.of(INTROSPECTION), Map.of("exchangeUnbound", "true"));
        for (String client : List.of(ProviderTokens.of(like).clientId(), Provider.FOREIGN_CLIENT)) {
            assertTokens(Exchanges.accessToken(alias, ProviderTokens.of(like).accessToken(client, Suite.newPerson())));
        }
        assertRefused(Exchanges.accessToken(alias, "made-up"), 400, "invalid_request", "token_invalid");
    }

    @ParameterizedTest
    @CsvSource({"acme-client, 200", "another-app, 400"})
    void customProviderBindsByUrlAndPointer(String client, int status) {
        String host = "legacy.example";
        String path = "/api/me"; // stands in for an endpoint that tells the client, under another query
        String alias = ProviderCopies.without(
                "custom",
                List.of(INTROSPECTION),
                Map.of(
                        "bindingUrl",
                        Suite.providers().url() + "/" + host + path,
                        "bindingClientIdPointer",
                        "/about/app"));
        Person person = Suite.newPerson();
        String token = Suite.providers().legacy().accessToken(client, person);
        Suite.providers()
                .fault(
                        host,
                        path,
                        Fault.altered(answer -> {
                                    answer.put("about", Map.of("app", client));
                                    return answer;
                                })
                                .forToken(token));

        Answer answer = Exchanges.accessToken(alias, token);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(Suite.linked(alias, person.id())).hasSize(status == 200 ? 1 : 0);
    }
}
