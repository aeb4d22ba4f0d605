package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.simulator.ProviderData;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without simulator data the conformance test could not tell whether a provider works. */
class CatalogueSimulatorTest {
    private static Simulator simulator;

    static List<Descriptor> descriptors() {
        return Conformance.descriptors();
    }

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyTypeIsSimulatedUnderTheUrlsOfItsDescriptor(Descriptor descriptor) {
        ProviderData data = simulator.described(descriptor.id()).data();

        assertThat(data.urls())
                .containsAll(DescriptorUrls.of(descriptor).stream()
                        .map(url -> url.replace("{client_id}", data.clientId()).replace("{id}", "placeholder"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyTypeWithIdTokensIsSimulatedWithItsIssuerAndAlgorithm(Descriptor descriptor) {
        ProviderData.IdToken simulated =
                simulator.described(descriptor.id()).data().idToken();

        assertThat(simulated == null).isEqualTo(descriptor.idToken().isEmpty());
        if (simulated != null) {
            String tenant = String.valueOf(
                    simulated.claims() == null ? null : simulated.claims().get("tid"));
            IdTokenRules rules = descriptor.idToken().orElseThrow();
            assertThat(rules.issuers())
                    .anyMatch(issuer -> issuer.replace("{tid}", tenant).equals(simulated.issuer()));
            assertThat(rules.signature().algorithms()).contains(simulated.algorithm());
        }
    }
}
