package dev.socialexchange.keycloak.it.support;

import com.example.thirdparty.Stocktaking;
import com.example.thirdparty.WaitingMapper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import dev.socialexchange.keycloak.type.DocumentedDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * The one server and the one set of providers that all integration tests of a run share. Tests make their own people,
 * clients and identity providers, so they need no order and leave nothing to clean up.
 */
public final class Suite {

    /** The demo realm's public client, open for every provider. */
    public static final String SPA = "demo-spa";

    /** A file with a mistake in its fourth line, beside one without. */
    public static final String BROKEN_DESCRIPTOR = "broken";

    /** Where this server's operator says that reasons are explained. */
    public static final String ERROR_PAGES = "https://docs.example/social-exchange/errors";

    /** Of an empty PostgreSQL database, user and password included; H2 where there is none. */
    /** As the README of Firebase's scrypt has it. */
    private static final String FIREBASE_KEY =
            "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==";

    private static final String JDBC = System.getProperty("it.jdbc");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Simulator providers;
    private final KeycloakServer keycloak;

    private Suite() {
        providers = Simulator.start(0);
        // What is not of this machine leads to the simulator, too: some of Keycloak's types have fixed addresses.
        ServerOptions options = ServerOptions.run("it")
                .covered()
                .progress(System.out::println)
                .environment("SIMULATOR_URL", providers.url())
                .proxyMapping(".*[.][a-z]+;" + providers.proxyUrl())
                .environment("KC_SPI_PASSWORD_HASHING__SOCIAL_EXCHANGE_FIREBASE__SIGNER_KEY", FIREBASE_KEY)
                .environment("KC_SPI_PASSWORD_HASHING__SOCIAL_EXCHANGE_FIREBASE__SALT_SEPARATOR", "Bw==")
                .startOption("--proxy-headers=xforwarded") // of the proxies that tests start
                .startOption("--proxy-trusted-addresses=127.0.0.1")
                .startOption("--spi-oauth2-token-exchange--social-exchange--error-pages=" + ERROR_PAGES)
                .providerJar(stocktaking())
                .truststore(providers.caCertificatePem(Workspace.own().resolve("suite-providers.pem")))
                .ownDescriptor(DocumentedDescriptor.ID + ".yaml", DocumentedDescriptor.yaml())
                .ownDescriptor(DocumentedDescriptor.NAVER + ".yaml", DocumentedDescriptor.naver())
                .ownDescriptor(
                        BROKEN_DESCRIPTOR + ".yaml",
                        "id: " + BROKEN_DESCRIPTOR + "\nidentity:\n  id: /id\n  mail: /m\n");
        if (JDBC != null) {
            refuseSecondServer();
            options.database("postgres", JDBC, "", "");
        }
        keycloak = KeycloakServer.start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private void close() {
        keycloak.close();
        providers.close();
    }

    /** For programs that Maven runs in its own process, which would wait for the providers' threads. */
    public static void end() {
        started().close();
    }

    /** Two servers that each think the database theirs would be a cluster that nobody has asked for. */
    private static void refuseSecondServer() {
        if (!System.getProperty("test.process", "1").equals("1")) {
            throw new IllegalStateException("one database is for one server: -Dit.processes=1");
        }
    }

    /** A jar of the tests' own, that counts what is in a server, and has a mapper that takes its time. */
    public static Path stocktaking() {
        return ProviderJar.write(
                Workspace.own().resolve("stocktaking.jar"),
                Map.of(
                        RealmResourceProviderFactory.class,
                        List.of(Stocktaking.Factory.class),
                        IdentityProviderMapper.class,
                        List.of(WaitingMapper.class)));
    }

    private static final class Holder {
        static final Suite STARTED = new Suite();
    }

    private static Suite started() {
        return Holder.STARTED;
    }

    public static Simulator providers() {
        return started().providers;
    }

    public static KeycloakServer keycloak() {
        return started().keycloak;
    }

    public static AdminApi admin() {
        return keycloak().admin();
    }

    public static TokenEndpoint tokens() {
        return keycloak().tokens();
    }

    /** How many refusals of this run have been looked behind for something left. */
    public static long refusalsLookedBehind() {
        return Stocktaker.checked();
    }

    /** A name that no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + Long.toString(System.currentTimeMillis(), 36) + NUMBER.incrementAndGet();
    }

    /** Somebody whom the realm does not know, with a verified address; the providers know them. */
    public static Person newPerson() {
        String name = unique("person");
        Person person = Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true);
        providers().people().add(person);
        return person;
    }

    /** A copy of one of the demo realm's identity providers, under an alias of its own, with changed settings. */
    public static String identityProvider(String like, Map<String, String> changedSettings) {
        String alias = unique(like);
        ObjectNode copy = admin().identityProvider(like).deepCopy();
        copy.remove("internalId");
        copy.put("alias", alias);
        ObjectNode config = (ObjectNode) copy.get("config");
        config.put("clientSecret", secret(like));
        changedSettings.forEach(config::put);
        admin().createIdentityProvider(copy);
        return alias;
    }

    private static String secret(String alias) {
        return switch (alias) {
            case "google", "facebook", "github" -> alias + "-secret";
            default -> "acme-secret";
        };
    }

    /** Who is linked to an external account, as JSON users. */
    public static JsonNode linked(String alias, String subject) {
        return admin().usersByLink(alias, subject);
    }
}
