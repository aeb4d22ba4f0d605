package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    private static final Path SERVICES =
            Path.of("src/main/resources/META-INF/services/org.keycloak.broker.social.SocialIdentityProviderFactory");

    static List<Descriptor> descriptors() {
        return Conformance.types();
    }

    @Test
    void everyTypeIsAnnouncedToKeycloak() throws IOException {
        List<String> announced = Files.readAllLines(SERVICES).stream()
                .filter(line -> line.contains(".Catalogue$"))
                .toList();

        assertThat(announced)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Catalogue.class.getDeclaredClasses())
                        .map(Class::getName)
                        .toList());
    }

    /** Keycloak does not know them once the jar is out; {@code RemovalIT} runs the script. */
    @Test
    void everyTypeIsLookedForByTheScriptThatListsWhatToUndo() throws IOException {
        String types = Stream.concat(
                        Catalogue.descriptors().stream().map(Descriptor::id),
                        Stream.of(CustomIdentityProvider.PROVIDER_ID))
                .collect(Collectors.joining("|"));

        assertThat(Files.readAllLines(Path.of("docs/operations.md"))).contains("types='" + types + "'");
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void idSelectsTheSocialFormOfTheConsole(Descriptor descriptor) {
        assertThat(descriptor.id()).doesNotContain("oidc", "oauth2", "saml");
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyTypeSignsBrowsersInAndTakesCodes(Descriptor descriptor) {
        assertThat(descriptor.oauth2().orElseThrow().authorizationUrl().orElseThrow())
                .startsWith("https://");
        assertThat(descriptor.oauth2().orElseThrow().tokenUrl().orElseThrow()).startsWith("https://");
        assertThat(descriptor.provable()).contains(TokenKind.AUTHORIZATION_CODE);
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void addressesAreVouchedForOnlyByAFlagOrAsTheAccountsOwnMailbox(Descriptor descriptor) {
        EmailTrust trust = descriptor.vouching().emailTrust();
        Identity identity = descriptor.identity();
        boolean hasFlag = Stream.of(identity.profile(), identity.inIdToken())
                        .anyMatch(places -> places.mail().hasFlag())
                || identity.emails().isPresent()
                || trust == EmailTrust.AUTHORITATIVE_DOMAINS
                        && !identity.profile().mail().mailbox().isEmpty();

        assertThat(trust == EmailTrust.NEVER || hasFlag).isTrue();
    }
}
