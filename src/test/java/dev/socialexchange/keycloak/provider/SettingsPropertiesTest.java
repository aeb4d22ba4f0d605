package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

class SettingsPropertiesTest {
    /** What people read who are not in the console. */
    private static final Set<String> ON_PAGES = Set.of("socialExchange-telegramLoginUnavailable");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyLabelAndHelpTextIsTranslated(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader file = new InputStreamReader(
                getClass().getResourceAsStream("/theme-resources/messages/messages_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            messages.load(file);
        }

        Stream<ProviderConfigProperty> ofDescriptors = Catalogue.descriptors().stream()
                .flatMap(descriptor -> CustomSettings.named(descriptor.settings()).stream());
        List<String> keys = Stream.concat(
                        Stream.concat(SettingsProperties.all().stream(), CustomSettings.properties().stream()),
                        ofDescriptors)
                .flatMap(property -> Stream.of(property.getLabel(), property.getHelpText()))
                .toList();

        assertThat(messages.stringPropertyNames())
                .containsAll(ON_PAGES)
                .filteredOn(key -> !ON_PAGES.contains(key))
                .containsExactlyInAnyOrderElementsOf(Set.copyOf(keys));
    }

    @Test
    void everySettingHasItsRowInTheDocumentation() throws IOException {
        String documentation = Files.readString(Path.of("docs/configuration.md"));

        assertThat(SettingsProperties.all().stream().map(ProviderConfigProperty::getName))
                .allSatisfy(key -> assertThat(documentation).contains("| `" + key + "`"));
    }
}
