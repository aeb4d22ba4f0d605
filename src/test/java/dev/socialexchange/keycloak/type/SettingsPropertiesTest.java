package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import dev.socialexchange.keycloak.step.AllowListAuthenticator;
import dev.socialexchange.keycloak.step.VerifiedEmailLink;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.provider.ProviderConfigProperty;

class SettingsPropertiesTest {
    /** What people read who are not in the console. */
    private static final List<String> PAGES = List.of(
            "socialExchange-linkedBody",
            "socialExchange-linkedSubject",
            "socialExchange-notOnAllowList",
            "socialExchange-accountAmbiguous",
            "socialExchange-accountIdUnusable",
            "socialExchange-accountSuspended",
            "socialExchange-signInAgain",
            "socialExchange-tryAgain",
            "socialExchange-telegramLoginUnavailable");

    private static final String LINK_PAGE = "socialExchange-interaction-";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyLabelAndHelpTextIsTranslated(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader file = new InputStreamReader(
                getClass().getResourceAsStream("/theme-resources/messages/messages_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            messages.load(file);
        }

        Stream<ProviderConfigProperty> ofDescriptors =
                Conformance.types().stream().flatMap(descriptor -> TypeProperties.of(descriptor).stream());
        List<String> keys = Stream.concat(
                        Stream.concat(SettingsProperties.all().stream(), DescriptorSettings.properties().stream()),
                        ofDescriptors)
                .flatMap(property -> Stream.of(property.getLabel(), property.getHelpText()))
                .toList();

        Set<String> all = Stream.of(keys.stream(), ofSteps(), PAGES.stream())
                .flatMap(names -> names)
                .collect(Collectors.toSet());
        assertThat(messages.stringPropertyNames())
                .filteredOn(key -> !key.startsWith(LINK_PAGE))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(messages.stringPropertyNames()).anyMatch(key -> key.startsWith(LINK_PAGE));
    }

    private static Stream<String> ofSteps() {
        return Stream.<AuthenticatorFactory>of(new AllowListAuthenticator.Factory(), new VerifiedEmailLink.Factory())
                .flatMap(step -> step.getConfigProperties().stream())
                .flatMap(property -> Stream.of(property.getLabel(), property.getHelpText()));
    }

    @Test
    void consoleSaysWhereNobodyHasAnAddress() {
        assertThat(Conformance.types().stream()
                        .filter(type -> TypeProperties.of(null, type).stream()
                                .anyMatch(property -> property.getLabel().equals(TypeProperties.NO_ADDRESS)))
                        .map(Descriptor::id))
                .containsExactlyElementsOf(Conformance.withoutAddresses())
                .contains("telegram", "stackoverflow")
                .doesNotContain("google", "github", "apple");
    }

    @Test
    void everySettingHasItsRowInTheDocumentation() throws IOException {
        String documentation = Files.readString(Path.of("docs/configuration.md"));

        assertThat(SettingsProperties.all().stream().map(ProviderConfigProperty::getName))
                .allSatisfy(key -> assertThat(documentation).contains("| `" + key + "`"));
    }
}
