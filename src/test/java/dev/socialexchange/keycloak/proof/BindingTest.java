package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Which app is this token for?" is asked beside "who is it?", and both answers have to agree. */
class BindingTest {
    private final Simulator providers = Loopback.providers();

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "legacy", "custom"})
    void asksForBindingAndProfileSideBySideAndOnce(String like) {
        String token = own(like, Loopback.newPerson());
        ProviderEndpoint binding = ProviderEndpoint.binding(like);
        ProviderEndpoint profile = ProviderEndpoint.profile(like);
        CountDownLatch both = new CountDownLatch(2);
        Fault once = Fault.rewritten(answer -> whenAsked(both, answer)).forToken(token);
        binding.fault(providers, once);
        profile.fault(providers, once);

        Loopback.accessToken(DemoProviders.like(like), token).assertProven();

        assertThat(binding.requests(providers, token)).hasSize(1);
        assertThat(profile.requests(providers, token)).hasSize(1);
    }

    /** Either answers only once the other one has been asked as well. */
    private static String whenAsked(CountDownLatch both, String answer) {
        both.countDown();
        try {
            return both.await(1, TimeUnit.MINUTES) ? answer : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @ParameterizedTest
    @CsvSource({"google, sub,", "facebook, data, user_id", "github, user, id", "acme, sub,"})
    void refusesBindingThatNamesSomebodyElse(String like, String field, String inner) {
        Person person = Loopback.newPerson();
        String token = own(like, person);
        alter(ProviderEndpoint.binding(like), token, answer -> {
            if (inner == null) {
                answer.put(field, "4711");
            } else {
                Map<Object, Object> object = new HashMap<>((Map<?, ?>) answer.get(field));
                object.put(inner, "4711");
                answer.put(field, object);
            }
        });

        Loopback.accessToken(DemoProviders.like(like), token)
                .assertRefused("token_invalid", "token_invalid: subject_mismatch");
    }

    @Test
    void refusesIntrospectionThatNamesAnotherPartyBesideOurs() {
        refuses("acme", answer -> answer.put("azp", Provider.FOREIGN_CLIENT), 400, "token_for_another_app");
    }

    @Test
    void activeAloneProvesNothing() {
        for (String like : new String[] {"acme", "legacy", "custom"}) {
            refuses(like, answer -> answer.remove("client_id"), 400, "binding_unavailable");
            refuses(like, answer -> answer.put("client_id", ""), 400, "binding_unavailable");
        }
        refuses("legacy", answer -> answer.put("active", "yes"), 400, "token_invalid");
        refuses("legacy", answer -> answer.remove("active"), 503, "provider_unavailable");
    }

    @Test
    void refusesActiveTokenThatHasExpired() {
        refuses("legacy", answer -> answer.put("exp", 1_700_000_000), 400, "token_expired");
        refuses("google", answer -> answer.put("expires_in", "0"), 400, "token_expired");
    }

    @Test
    void refusesTokenOfFacebookPageOrApp() {
        refuses(
                "facebook",
                answer -> answer.put(
                        "data", Map.of("app_id", "138480011122233", "is_valid", true, "type", "PAGE", "user_id", "1")),
                400,
                "token_invalid");
    }

    @Test
    void tokenWithoutTypeCountsAsAccessTokenWhenItOpensTheProfile() {
        String token = own("acme", Loopback.newPerson());
        alter(ProviderEndpoint.binding("acme"), token, answer -> answer.remove("token_type"));

        Loopback.accessToken(DemoProviders.like("acme"), token).assertProven();
    }

    @Test
    void tokenWithoutTypeIsNoWrongOneWhileTheProfileIsDown() {
        String token = own("acme", Loopback.newPerson());
        alter(ProviderEndpoint.binding("acme"), token, answer -> answer.remove("token_type"));
        ProviderEndpoint.profile("acme").fault(providers, Fault.status(503).forToken(token));

        Loopback.accessToken(DemoProviders.like("acme"), token)
                .assertRefused(503, "temporarily_unavailable", "provider_unavailable");
    }

    private void refuses(String like, Change change, int status, String reason) {
        Person person = Loopback.newPerson();
        String token = own(like, person);
        alter(ProviderEndpoint.binding(like), token, change);

        String error = status == 503 ? "temporarily_unavailable" : "invalid_request";
        Loopback.accessToken(DemoProviders.like(like), token).assertRefused(status, error, reason);
    }

    private interface Change {
        void apply(Map<String, Object> answer);
    }

    private void alter(ProviderEndpoint endpoint, String token, Change change) {
        endpoint.fault(
                providers,
                Fault.altered(answer -> {
                            change.apply(answer);
                            return answer;
                        })
                        .forToken(token));
    }

    private static String own(String like, Person person) {
        Provider provider = DemoProviders.simulated(like);
        return provider.accessToken(provider.clientId(), person);
    }
}
