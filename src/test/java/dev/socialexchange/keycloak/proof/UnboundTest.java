package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of a provider that cannot say which app they are for. */
class UnboundTest {
    private static final String INTROSPECTION = "tokenIntrospectionUrl";

    @ParameterizedTest
    @CsvSource({"legacy, authorization_code", "custom, authorization_code", "acme, id_token"})
    void refusesTokenThatNothingBindsAndNamesTheKindsThatWouldWork(String like, String kind) {
        ExchangeIdentityProvider alias = DemoProviders.without(like, List.of(INTROSPECTION), Map.of());
        for (String client : List.of(DemoProviders.simulated(like).clientId(), Provider.FOREIGN_CLIENT)) {
            Person person = Loopback.newPerson();
            String token = DemoProviders.simulated(like).accessToken(client, person);

            Exchanged answer = Loopback.accessToken(alias, token);

            answer.assertRefused(400, "invalid_request", "binding_unavailable");
            assertThat(answer.description()).contains(kind);
            assertThat(ProviderEndpoint.profile(like).requests(Loopback.providers(), token))
                    .as("the profile is not opened first")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "custom", "acme"})
    void acceptsTokenOfAnyAppOnceTheAdminHasAcceptedThat(String like) {
        ExchangeIdentityProvider alias =
                DemoProviders.without(like, List.of(INTROSPECTION), Map.of("exchangeUnbound", "true"));
        for (String client : List.of(DemoProviders.simulated(like).clientId(), Provider.FOREIGN_CLIENT)) {
            Loopback.accessToken(alias, DemoProviders.simulated(like).accessToken(client, Loopback.newPerson()))
                    .assertProven();
        }
        Loopback.accessToken(alias, "made-up-token").assertRefused(400, "invalid_request", "token_invalid");
    }

    @Test
    void jwtOfAnotherAppStaysRefusedWhereUnboundTokensAreAccepted() {
        ExchangeIdentityProvider alias =
                DemoProviders.without("partner", List.of(INTROSPECTION), Map.of("exchangeUnbound", "true"));
        Person person = Loopback.newPerson();

        Exchanged answer = Loopback.accessToken(
                alias, Loopback.providers().partner().accessToken(Provider.FOREIGN_CLIENT, person));

        answer.assertRefused(400, "invalid_request", "token_for_another_app");
    }

    @Test
    void bindingIsAskedWhereThereIsOneThoughUnboundTokensAreAccepted() {
        ExchangeIdentityProvider alias = DemoProviders.like("legacy", Map.of("exchangeUnbound", "true"));
        Person person = Loopback.newPerson();

        Exchanged answer =
                Loopback.accessToken(alias, Loopback.providers().legacy().accessToken(Provider.FOREIGN_CLIENT, person));

        answer.assertRefused(400, "invalid_request", "token_for_another_app");
    }

    @ParameterizedTest
    @CsvSource({"acme-client, 200", "another-app, 400"})
    void customProviderBindsByUrlAndPointer(String client, int status) {
        String host = "legacy.example";
        String path = "/api/me"; // stands in for an endpoint that tells the client, under another query
        ExchangeIdentityProvider alias = DemoProviders.without(
                "custom",
                List.of(INTROSPECTION),
                Map.of(
                        "bindingUrl",
                        Loopback.providers().url() + "/" + host + path,
                        "bindingClientIdPointer",
                        "/about/app"));
        Person person = Loopback.newPerson();
        String token = Loopback.providers().legacy().accessToken(client, person);
        Loopback.providers()
                .fault(
                        host,
                        path,
                        Fault.altered(answer -> {
                                    answer.put("about", Map.of("app", client));
                                    return answer;
                                })
                                .forToken(token));

        Exchanged answer = Loopback.accessToken(alias, token);

        if (status == 200) {
            assertThat(answer.assertProven().identity().getId()).isEqualTo(person.id());
        } else {
            answer.assertRefused(status, "invalid_request", "token_for_another_app");
        }
    }
}
