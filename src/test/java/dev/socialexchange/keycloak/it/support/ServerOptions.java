package dev.socialexchange.keycloak.it.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What one run wants from its server. Everything has a default that suits the integration tests. */
public final class ServerOptions {

    private static final AdminCredentials DEFAULT_ADMIN = new AdminCredentials("admin", "admin");

    final String run;
    final List<String> buildOptions = new ArrayList<>();
    final List<String> startOptions = new ArrayList<>();
    final List<String> javaOptions = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final List<Path> providerJars = new ArrayList<>();
    final List<String> proxyMappings = new ArrayList<>();
    final Map<String, String> ownDescriptors = new LinkedHashMap<>();
    final List<Path> truststores = new ArrayList<>();
    Consumer<String> progress = line -> {};
    AdminCredentials admin = DEFAULT_ADMIN;
    Database database;
    int httpPort;
    boolean withExtension = true;
    boolean withRealm = true;
    boolean clustered;
    boolean metrics = true;

    /** Null stands for the H2 file inside the server's own folder. */
    record Database(String vendor, String url, String username, String password) {}

    private ServerOptions(String run) {
        this.run = run;
    }

    /** The run's name appears in the names of its folder and log below {@code target}. */
    public static ServerOptions run(String name) {
        return new ServerOptions(name);
    }

    /** Options that Keycloak fixes when it builds itself, such as {@code --features}. */
    public ServerOptions buildOption(String option) {
        buildOptions.add(option);
        return this;
    }

    public ServerOptions startOption(String option) {
        startOptions.add(option);
        return this;
    }

    /** Environment of the server; the placeholders of {@code realm-export.json} are read from here. */
    public ServerOptions environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public ServerOptions providerJar(Path jar) {
        providerJars.add(jar);
        return this;
    }

    /** A file in the folder of the operator's own provider descriptors. */
    public ServerOptions ownDescriptor(String file, String yaml) {
        ownDescriptors.put(file, yaml);
        return this;
    }

    /** Keycloak's own syntax: a pattern for the host name, a semicolon, the proxy's URL. */
    public ServerOptions proxyMapping(String mapping) {
        proxyMappings.add(mapping);
        return this;
    }

    public ServerOptions truststore(Path pem) {
        truststores.add(pem);
        return this;
    }

    public ServerOptions database(String vendor, String jdbcUrl, String username, String password) {
        database = new Database(vendor, jdbcUrl, username, password);
        return this;
    }

    public ServerOptions admin(AdminCredentials credentials) {
        admin = credentials;
        return this;
    }

    /** A fixed port instead of a free one. */
    public ServerOptions httpPort(int port) {
        httpPort = port;
        return this;
    }

    /** Told what is going on while the server starts, a line at a time. */
    public ServerOptions progress(Consumer<String> listener) {
        progress = listener;
        return this;
    }

    /** Looks for other nodes in its database and forms a cluster with them, on this machine's loopback address. */
    public ServerOptions clustered() {
        clustered = true;
        return this;
    }

    /** Counts what of the extension the tests run; not where speed is measured, and not out of a container. */
    public ServerOptions covered() {
        return Workspace.kind().equals("distribution") ? javaOption(Workspace.coverageAgent()) : this;
    }

    /** Who lives for seconds need not be compiled well, which takes longer than it saves. */
    public ServerOptions shortLived() {
        return javaOption("-XX:TieredStopAtLevel=1");
    }

    /** For the server's own JVM. */
    public ServerOptions javaOption(String option) {
        javaOptions.add(option);
        return this;
    }

    /** For comparisons: Keycloak as it comes. */
    public ServerOptions withoutExtension() {
        withExtension = false;
        return this;
    }

    /** Keycloak's default. */
    public ServerOptions withoutMetrics() {
        metrics = false;
        return this;
    }

    public ServerOptions withoutRealm() {
        withRealm = false;
        return this;
    }
}
