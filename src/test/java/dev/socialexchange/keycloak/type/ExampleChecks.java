package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.keycloak.broker.social.SocialIdentityProviderFactory;

/** What is known of a type, in whatever project these classes are loaded from. */
public final class ExampleChecks implements Consumer<String> {

    @Override
    public void accept(String id) {
        Descriptor descriptor = Conformance.descriptors().stream()
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the conformance test knows no " + id));
        inTheConsole(descriptor);
        atTheSimulator(descriptor);
        byItsPublishedAnswer(id);
    }

    /** Where Keycloak takes the list of types from. */
    private static void inTheConsole(Descriptor descriptor) {
        SocialIdentityProviderFactory<?> factory = null;
        for (SocialIdentityProviderFactory<?> announced :
                ServiceLoader.load(SocialIdentityProviderFactory.class, ExampleChecks.class.getClassLoader())) {
            factory = announced.getId().equals(descriptor.id()) ? announced : factory;
        }
        assertThat(factory).as("what Keycloak is told").isNotNull();
        assertThat(factory.getName()).isEqualTo(descriptor.name());
        assertThat(factory.getConfigProperties()).isNotEmpty();
        assertThat(new ProfileAttributeMapper().getCompatibleProviders()).contains(descriptor.id());
    }

    private static void atTheSimulator(Descriptor descriptor) {
        CatalogueSimulatorTest simulator = new CatalogueSimulatorTest();
        CatalogueSimulatorTest.start();
        try {
            simulator.everyTypeIsSimulatedUnderTheUrlsOfItsDescriptor(descriptor);
            simulator.everyTypeWithIdTokensIsSimulatedWithItsIssuerAndAlgorithm(descriptor);
        } finally {
            CatalogueSimulatorTest.stop();
        }
        assertThat(Conformance.binds(descriptor.id()))
                .isEqualTo(descriptor.provable().contains(TokenKind.ACCESS_TOKEN));
    }

    private static void byItsPublishedAnswer(String id) {
        List<PublishedPayloadsTest.Case> published = PublishedPayloadsTest.payloads()
                .filter(payload -> payload.type().equals(id))
                .toList();
        assertThat(published).isNotEmpty();
        published.forEach(new PublishedPayloadsTest()::leadsToTheIdentityThatItCarries);
    }
}
