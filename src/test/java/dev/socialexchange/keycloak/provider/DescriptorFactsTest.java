package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What single descriptors say where a mistake costs logins or accounts, and no general test would see it. */
class DescriptorFactsTest {

    @Test
    void vkIsMetAtTheHostThatItHasMovedTo() {
        assertThat(DescriptorUrls.of(DescriptorReader.resource("vk")))
                .hasSize(4)
                .allSatisfy(url -> assertThat(url).startsWith("https://id.vk.ru/"));
    }

    @Test
    void vkIsMetAtItsFormerHostWhereAnAdminSaysSo() {
        Endpoints endpoints = new Endpoints(Map.of("https://id.vk.ru", "https://id.vk.com"));

        assertThat(DescriptorUrls.of(DescriptorReader.resource("vk")).stream().map(endpoints::rewrite))
                .hasSize(4)
                .allSatisfy(url -> assertThat(url).startsWith("https://id.vk.com/"));
    }
}
