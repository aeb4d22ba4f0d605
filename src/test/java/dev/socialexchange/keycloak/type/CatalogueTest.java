package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
    static List<Descriptor> descriptors() {
        return Conformance.types();
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
