package dev.socialexchange.keycloak.it.support;

import com.example.thirdparty.Directory;
import com.example.thirdparty.FailingAction;
import com.example.thirdparty.FailingEventStore;
import com.example.thirdparty.FailingListener;
import com.example.thirdparty.FailingMapper;
import com.example.thirdparty.FailingStep;
import com.example.thirdparty.FailingTokenMapper;
import com.example.thirdparty.MessageStepFactory;
import com.example.thirdparty.Stocktaking;
import com.example.thirdparty.Unvalidated;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventStoreProviderFactory;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.services.resource.RealmResourceProviderFactory;
import org.keycloak.storage.UserStorageProviderFactory;

/**
 * A second server, which meets the providers under their real names: the simulator is its proxy, so that nothing but addresses
 * on the network differs from the real thing. It also has somebody else's extension installed: steps,
 * mappers, a user directory, and more, which fail on demand. It has version 2 of the Identity Brokering API, and so not version 1.
 */
public final class RealHosts {

    /** What the demo realm's URLs begin with here instead of the simulator's address. */
    private static final String HTTPS = "https:/";

    private final Simulator providers = Simulator.start(0);
    private final KeycloakServer keycloak;

    private RealHosts() {
        Path certificate = providers.caCertificatePem(Workspace.own().resolve("providers.pem"));
        Path jar = ProviderJar.write(
                Workspace.own().resolve("third-party.jar"),
                Map.of(
                        AuthenticatorFactory.class,
                        List.of(MessageStepFactory.class, MessageStepFactory.Named.class, FailingStep.Factory.class),
                        IdentityProviderMapper.class,
                        List.of(FailingMapper.class),
                        ProtocolMapper.class,
                        List.of(FailingTokenMapper.class),
                        RequiredActionFactory.class,
                        List.of(FailingAction.Factory.class),
                        UserStorageProviderFactory.class,
                        List.of(Directory.Factory.class),
                        EventListenerProviderFactory.class,
                        List.of(FailingListener.Factory.class),
                        EventStoreProviderFactory.class,
                        List.of(FailingEventStore.class),
                        RealmResourceProviderFactory.class,
                        List.of(Unvalidated.Factory.class, Stocktaking.Factory.class)));
        ServerOptions options = ServerOptions.run("it-real-hosts")
                .covered()
                .withoutRealm()
                .providerJar(jar)
                .proxyMapping(".*;" + providers.proxyUrl())
                .truststore(certificate)
                .startOption("--spi-oauth2-token-exchange--social-exchange--headless-steps=named-message-step")
                // where this option was before, read for one more release
                .startOption("--spi-authenticator--idp-email-verification--headless-steps=" + FailingStep.ID)
                .progress(System.out::println);
        if (Workspace.hasBrokeringApi()) {
            options.buildOption("--features=identity-brokering-api:v2");
        }
        keycloak = KeycloakServer.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            keycloak.close();
            providers.close();
        }));
    }

    private static final class Holder {
        static final RealHosts STARTED = new RealHosts();
    }

    public static Simulator providers() {
        return Holder.STARTED.providers;
    }

    /** Whom every provider here knows, by an address and names that it vouches for. */
    public static Person newPerson() {
        String name = Suite.unique("person");
        return providers()
                .people()
                .add(Person.unknown("Zoë")
                        .withUsername(name)
                        .withEmail(name + "@example.org", true)
                        .withName("Zoë Anna", "Novák"));
    }

    public static KeycloakServer keycloak() {
        return Holder.STARTED.keycloak;
    }

    /** The demo realm with the providers' own addresses, and nothing that leads elsewhere. */
    public static OwnRealm realm() {
        return OwnRealm.create(keycloak(), HTTPS, settings -> settings.withArray("/identityProviders")
                .forEach(provider -> provider.withObject("/config").remove("exchangeEndpoints")));
    }
}
