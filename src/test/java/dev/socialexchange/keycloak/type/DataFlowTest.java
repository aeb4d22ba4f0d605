package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the table of {@code docs/privacy.md} is fresh is {@link ProviderFilesTest}'s. */
class DataFlowTest {

    static List<String> types() {
        return ProviderPagesTest.descriptors().stream()
                .map(descriptor -> descriptor.id())
                .toList();
    }

    @Test
    void saysWhatIsSentWhere() {
        assertThat(row("google"))
                .contains("| nothing; keys of `www.googleapis.com` |")
                .contains("| the token to `oauth2.googleapis.com`, ")
                .contains("| the code to `oauth2.googleapis.com`; its access token to ")
                .endsWith("| id, address, name, organisation |\n");
        assertThat(row("vk")).startsWith("| `vk` | not taken |").contains("| the code, `device_id` to ");
        assertThat(row("line")).contains("; those of HS256 themselves to `api.line.me` |");
        assertThat(row("apple"))
                .contains("| not taken |", "| the token to `appleid.apple.com` |")
                .endsWith("| id, address, name in `user` |\n");
        assertThat(row("bitbucket")).contains("| only with `exchangeUnbound`: the token to `api.bitbucket.org` |");
    }

    /** No address that is called is left out. */
    @ParameterizedTest
    @MethodSource("types")
    void namesEveryHostThatIsCalled(String type) {
        var descriptor = DescriptorReader.resource(type);
        String browser = descriptor.oauth2().orElseThrow().authorizationUrl().orElse("");

        assertThat(DescriptorUrls.of(descriptor).stream()
                        .filter(url -> !url.equals(browser.replaceFirst("[?#].*", "")))
                        .filter(url -> !url.equals(
                                descriptor.oauth2().orElseThrow().refreshUrl().orElse("")))
                        .map(url -> URI.create(url.replaceAll("\\{\\w+}", "x")).getHost()))
                .isNotEmpty()
                .allSatisfy(host -> assertThat(row(type)).contains('`' + host + '`'));
    }

    private static String row(String type) {
        return DataFlow.of(List.of(DescriptorReader.resource(type))).split("\n", 3)[2];
    }
}
