package dev.socialexchange.keycloak.it.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Command lines and environment of {@code kc.sh}: an ordinary server with default features, never {@code start-dev}. */
final class ServerCommand {

    private ServerCommand() {}

    static List<String> build(ServerHome home, ServerOptions options) {
        List<String> command = new ArrayList<>(List.of(home.script().toString(), "build"));
        command.add("--db=" + (options.database == null ? "dev-file" : options.database.vendor()));
        command.add("--health-enabled=true");
        command.add("--metrics-enabled=true");
        command.addAll(options.buildOptions);
        return command;
    }

    static List<String> start(ServerHome home, ServerOptions options, FreePorts ports) {
        List<String> command = new ArrayList<>(List.of(home.script().toString(), "start", "--optimized"));
        command.add("--http-enabled=true");
        command.add("--hostname-strict=false");
        command.add("--http-host=127.0.0.1");
        command.add("--http-port=" + ports.http());
        command.add("--http-management-port=" + ports.management());
        command.add("--cache=local");
        if (options.withRealm) {
            command.add("--import-realm");
        }
        if (!options.proxyMappings.isEmpty()) {
            command.add("--spi-connections-http-client--default--proxy-mappings="
                    + String.join(",", options.proxyMappings));
        }
        if (!options.truststores.isEmpty()) {
            String paths = options.truststores.stream()
                    .map(path -> path.toAbsolutePath().toString())
                    .collect(Collectors.joining(","));
            command.add("--truststore-paths=" + paths);
        }
        command.addAll(options.startOptions);
        return command;
    }

    /** Settings of the developer's own shell must not leak into the server; secrets go by environment, not by ps. */
    static void prepareEnvironment(Map<String, String> environment, ServerOptions options) {
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
        environment.remove("DEBUG");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_KC_HEAP", "-Xms256m -Xmx1g");
        // without this the log is full of "health down" while we wait
        environment.put("KC_LOG_LEVEL", "info,io.smallrye.health:warn");
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", options.admin.username());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", options.admin.password());
        if (options.database != null) {
            environment.put("KC_DB_URL", options.database.url());
            environment.put("KC_DB_USERNAME", options.database.username());
            environment.put("KC_DB_PASSWORD", options.database.password());
        }
        environment.putAll(options.environment);
    }
}
