package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.type.DescribedConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
    private static final Endpoints ENDPOINTS = new Endpoints(Map.of(
            "https://api.example", "http://localhost:1",
            "https://api.example/v3", "http://localhost:2/three",
            "https://issuer.example", "https://other.example"));

    @ParameterizedTest
    @CsvSource({
        "https://api.example, http://localhost:1",
        "https://api.example/, http://localhost:1/",
        "https://api.example/user?x=1, http://localhost:1/user?x=1",
        "https://api.example?x=1, http://localhost:1?x=1",
        "https://api.example/v3, http://localhost:2/three",
        "https://api.example/v3/user, http://localhost:2/three/user",
        "https://api.example/v30/user, http://localhost:1/v30/user"
    })
    void replacesTheLongestPrefixOfWholeSegments(String url, String rewritten) {
        assertThat(ENDPOINTS.rewrite(url)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.evil.example/user",
        "https://api.examples",
        "https://api.example:8443/user",
        "https://api.example@evil.example/user",
        "https://evil.example/https://api.example/user",
        "http://api.example/user",
        "https://sub.api.example/user"
    })
    void leavesUrlsOfOtherOriginsAlone(String url) {
        assertThat(ENDPOINTS.rewrite(url)).isEqualTo(url);
    }

    @Test
    void hasNothingToRewriteInNothing() {
        assertThat(ENDPOINTS.rewrite(null)).isNull();
        assertThat(Endpoints.AS_THEY_ARE.rewrite("https://api.example")).isEqualTo("https://api.example");
    }

    @Test
    void fragmentEndsAPath() {
        Endpoints endpoints = new Endpoints(Map.of("https://a.example/connect", "https://b.example/x"));

        assertThat(endpoints.rewrite("https://a.example/connect#part")).isEqualTo("https://b.example/x#part");
        assertThat(endpoints.rewrite("https://a.example/connected#part")).isEqualTo("https://a.example/connected#part");
    }

    @Test
    void baseUrlStandsForAllUrlsBelowItUnlessThereIsALongerEntry() {
        Endpoints endpoints = DescribedConfig.endpoints(
                DescriptorReader.resource("mastodon"),
                Map.of(
                        "baseUrl",
                        " https://social.example/ ",
                        "exchangeEndpoints",
                        "[{\"key\":\"https://social.example\",\"value\":\"https://test.example/s\"},"
                                + "{\"key\":\"https://mastodon.example/oauth\",\"value\":\"https://o.example\"}]"));

        assertThat(endpoints.rewrite("https://mastodon.example/api/v1")).isEqualTo("https://test.example/s/api/v1");
        assertThat(endpoints.rewrite("https://mastodon.example/oauth/token")).isEqualTo("https://o.example/token");
    }

    @Test
    void baseUrlMeansNothingToProvidersThatEverybodyShares() {
        Endpoints endpoints =
                DescribedConfig.endpoints(DescriptorReader.resource("vk"), Map.of("baseUrl", "https://evil.example"));

        assertThat(endpoints).isEqualTo(Endpoints.AS_THEY_ARE);
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer.example, https://other.example",
        "https://issuer.example/, https://issuer.example/",
        "https://issuer.example/realms/a, https://issuer.example/realms/a"
    })
    void changesAnIssuerByExactEntryOnly(String issuer, String expected) {
        assertThat(ENDPOINTS.issuer(issuer)).isEqualTo(expected);
    }
}
