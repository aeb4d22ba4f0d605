package dev.socialexchange.keycloak.it.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Command lines and environment of {@code kc.sh}: an ordinary server with default features, never {@code start-dev}. */
final class ServerCommand {

    private ServerCommand() {}

    static List<String> build(ServerHome home, ServerOptions options) {
        List<String> command = new ArrayList<>(List.of(home.script().toString(), "build"));
        command.addAll(buildOptions(options, "dev-file"));
        return command;
    }

    static List<String> start(ServerHome home, ServerOptions options, FreePorts ports) {
        List<String> command = new ArrayList<>(List.of(home.script().toString(), "start", "--optimized"));
        List<String> truststores = options.truststores.stream()
                .map(path -> path.toAbsolutePath().toString())
                .toList();
        command.addAll(startOptions(options, ports, truststores));
        command.addAll(ownDescriptors(options, home.path().toString()));
        return command;
    }

    /** Builds and starts in one: behind the image's entry point, which is the script. */
    static List<String> startInContainer(ServerOptions options, FreePorts ports, List<String> truststores) {
        List<String> command = new ArrayList<>(List.of("start"));
        command.addAll(buildOptions(options, "dev-mem"));
        command.addAll(startOptions(options, ports, truststores));
        command.addAll(ownDescriptors(options, HostNetworkContainer.HOME));
        return command;
    }

    private static List<String> ownDescriptors(ServerOptions options, String home) {
        return options.ownDescriptors.isEmpty()
                ? List.of()
                : List.of("--spi-social--social-custom--folder=" + home + "/" + ServerHome.OWN_DESCRIPTORS);
    }

    private static List<String> buildOptions(ServerOptions options, String defaultDatabase) {
        List<String> build = new ArrayList<>();
        build.add("--db=" + (options.database == null ? defaultDatabase : options.database.vendor()));
        build.add("--health-enabled=true");
        build.add("--metrics-enabled=" + options.metrics);
        build.addAll(options.buildOptions);
        return build;
    }

    private static List<String> startOptions(ServerOptions options, FreePorts ports, List<String> truststores) {
        List<String> start = new ArrayList<>();
        start.add("--http-enabled=true");
        start.add("--hostname-strict=false");
        start.add("--http-host=127.0.0.1");
        start.add("--http-port=" + ports.http());
        start.add("--http-management-port=" + ports.management());
        // all tests come from one address; what is throttled here is a provider that says so itself
        start.add("--spi-social-exchange-throttle--default--failures-per-minute=1000000");
        start.add("--spi-social-exchange-throttle--default--visits-per-minute=1000000");
        start.add("--spi-social-exchange-throttle--default--calls-per-minute=1000000");
        start.addAll(options.clustered ? cluster() : List.of("--cache=local"));
        if (options.withRealm) {
            start.add("--import-realm");
        }
        if (!options.proxyMappings.isEmpty()) {
            start.add("--spi-connections-http-client--default--proxy-mappings="
                    + String.join(",", options.proxyMappings));
        }
        if (!truststores.isEmpty()) {
            start.add("--truststore-paths=" + String.join(",", truststores));
        }
        start.addAll(options.startOptions);
        return start;
    }

    /** The default stack, which meets the other nodes in the database. */
    private static List<String> cluster() {
        return List.of(
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--cache-embedded-network-bind-port=" + FreePorts.forCluster());
    }

    /** Settings of the developer's own shell must not leak into the server; secrets go by environment, not by ps. */
    static void prepareEnvironment(Map<String, String> environment, ServerOptions options) {
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
        environment.remove("DEBUG");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(environment(options));
    }

    static Map<String, String> environment(ServerOptions options) {
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        // without this the log is full of "health down" while we wait
        environment.put("KC_LOG_LEVEL", "info,io.smallrye.health:warn");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", options.admin.username());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", options.admin.password());
        if (options.database != null) {
            environment.put("KC_DB_URL", options.database.url());
            environment.put("KC_DB_USERNAME", options.database.username());
            environment.put("KC_DB_PASSWORD", options.database.password());
        } else {
            // H2 waits for a row for two seconds, which are over before twenty have written it, one after the other
            environment.put("KC_DB_URL_PROPERTIES", ";LOCK_TIMEOUT=20000");
        }
        environment.put("JAVA_OPTS_APPEND", String.join(" ", options.javaOptions));
        environment.putAll(options.environment);
        return environment;
    }
}
