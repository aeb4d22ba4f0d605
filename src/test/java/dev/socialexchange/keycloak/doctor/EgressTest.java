package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EgressTest {

    @Test
    void namesEveryHostOnceWithWhatItIsFor() {
        Egress egress = of(Map.of("gh", "github", "google", "google"));

        assertThat(egress.hosts())
                .extracting(Egress.Host::host)
                .doesNotHaveDuplicates()
                .contains("api.github.com");
        Egress.Host api = host(egress, "api.github.com");
        assertThat(api.port()).isEqualTo(443);
        assertThat(api.paths()).contains("/applications/{client_id}/token", "/user", "/user/emails");
        assertThat(api.usedFor()).containsExactly("binding", "check", "profile", "revocation");
        assertThat(api.providers()).containsExactly("gh");
        assertThat(host(egress, "www.googleapis.com").usedFor()).contains("keys");
        assertThat(egress.hosts())
                .extracting(Egress.Host::host)
                .as("where browsers alone go")
                .doesNotContain("x.com");
    }

    @Test
    void followsWhereTheAdminHasSaidThatAProviderIs() {
        ExchangeIdentityProvider mastodon = RealTypes.create(
                "m", "mastodon", false, Map.of("clientId", "c", "baseUrl", "https://social.example:8443"));

        Egress egress = Egress.of(Map.of("m", mastodon));

        assertThat(egress.hosts()).singleElement().satisfies(host -> {
            assertThat(host.host()).isEqualTo("social.example");
            assertThat(host.port()).isEqualTo(8443);
        });
    }

    @Test
    void knowsWhereSignalsAreFetched() {
        ExchangeIdentityProvider mastodon = RealTypes.create(
                "m",
                "mastodon",
                false,
                Map.of(
                        "clientId",
                        "c",
                        "baseUrl",
                        "https://social.example",
                        "exchangeSignalsPoll",
                        "https://signals.example/poll/1"));

        Egress.Host host = host(Egress.of(Map.of("m", mastodon)), "signals.example");

        assertThat(host.usedFor()).containsExactly("signals");
        assertThat(host.paths()).containsExactly("/poll/1");
    }

    @Test
    void networkPolicyIsOneThatKubernetesReads() throws IOException {
        JsonNode policy = new ObjectMapper(new YAMLFactory())
                .readTree(of(Map.of("gh", "github")).networkPolicy("My Realm!"));

        assertThat(policy.path("kind").asText()).isEqualTo("NetworkPolicy");
        assertThat(policy.at("/metadata/name").asText()).isEqualTo("social-exchange-my-realm");
        assertThat(policy.at("/spec/egress/0/ports/0/port").asInt()).isEqualTo(443);
        assertThat(policy.at("/spec/policyTypes/0").asText()).isEqualTo("Egress");
    }

    /** An alias is whatever an administrator has typed. */
    @Test
    void nothingThatSomebodyTypedBecomesPartOfThePolicy() throws IOException {
        String odd = "gh\n    - {}";

        JsonNode policy = new ObjectMapper(new YAMLFactory())
                .readTree(of(Map.of(odd, "github")).networkPolicy("r"));

        assertThat(policy.at("/spec/egress")).hasSize(1);
    }

    @Test
    void squidsListHasOneNameALine() {
        assertThat(of(Map.of("gh", "github")).squid().lines())
                .containsExactlyInAnyOrder("api.github.com", "github.com");
    }

    private static Egress.Host host(Egress egress, String name) {
        return egress.hosts().stream()
                .filter(host -> host.host().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Egress of(Map<String, String> types) {
        Map<String, ExchangeIdentityProvider> providers = new LinkedHashMap<>();
        types.forEach((alias, type) -> providers.put(
                alias, RealTypes.create("any", type, false, Map.of("clientId", "c", "clientSecret", "s"))));
        return Egress.of(providers);
    }
}
