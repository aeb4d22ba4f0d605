package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.Postgres;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * How fast people come, and what it takes: an export as Firebase writes it goes through the real program and the admin API into a real Keycloak on PostgreSQL, and once more, which has to change nothing. Both
 * JVMs have little memory, so that a run that ends has needed no more. {@code -Dimport.people=} and {@code -Dimport.least=} (people a second, or it fails) choose it.
 */
public final class ImportSpeed {
    private static final PrintStream OUT = System.out;
    private static final Path PROGRAM = Path.of("importer/target/social-exchange-import.jar");
    private static final int PEOPLE = Integer.getInteger("import.people", 100_000);
    private static final int LEAST = Integer.getInteger("import.least", 500);
    private static final String SERVER_HEAP = "-Xmx512m";
    private static final String PROGRAM_HEAP = "-Xmx64m";
    private static final String CLIENT = "importer";
    private static final String SECRET = "s3cret";
    private static final String HASHING = "--spi-password-hashing--social-exchange-firebase--";

    private ImportSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException("first: mvn -f importer package");
        }
        BenchSettings settings = BenchSettings.fromSystemProperties();
        try (Postgres postgres =
                        settings.jdbcUrl() == null ? Postgres.start("import") : Postgres.at(settings.jdbcUrl());
                Simulator providers = Simulator.start(0);
                KeycloakServer keycloak = KeycloakServer.start(options(settings, postgres, providers))) {
            createImporter(keycloak.admin());
            Path export = Workspace.own().resolve("import-people.json");
            Path lines = Workspace.own().resolve("import-people.ndjson");
            int accounts = FirebaseExport.write(export, PEOPLE);
            Ended translated = run(lines, "translate", "firebase", export.toString());
            OUT.printf("translated in %d s, %s%n", translated.took().toSeconds(), translated.memory());
            long before = users(postgres);

            double rate = bring(keycloak, lines, "brought");
            requireAll(postgres, before, accounts);
            bring(keycloak, lines, "brought again");
            requireAll(postgres, before, accounts);
            OUT.println("server: " + peak(keycloak.pid()) + ", heap limited by " + SERVER_HEAP);
            if (rate < LEAST) {
                throw new IllegalStateException("less than " + LEAST + " people a second");
            }
        }
    }

    private static ServerOptions options(BenchSettings settings, Postgres postgres, Simulator providers) {
        return ServerOptions.run("import")
                .progress(OUT::println)
                .database("postgres", postgres.url(), "", "")
                .environment("SIMULATOR_URL", providers.url())
                .startOption(HASHING + "signer-key="
                        + Base64.getEncoder().encodeToString("a key of nobody's".getBytes(StandardCharsets.US_ASCII)))
                .javaOption(SERVER_HEAP)
                .javaOption(settings.javaOptions());
    }

    private static void createImporter(AdminApi admin) {
        admin.createClient(
                Map.of("clientId", CLIENT, "secret", SECRET, "serviceAccountsEnabled", true, "publicClient", false));
        String account = admin.get("/clients/" + admin.clientUuid(CLIENT) + "/service-account-user")
                .path("id")
                .asText();
        String management = admin.clientUuid("realm-management");
        admin.post(
                "/users/" + account + "/role-mappings/clients/" + management,
                StreamSupport.stream(
                                admin.get("/clients/" + management + "/roles").spliterator(), false)
                        .filter(role -> List.of("manage-users", "view-identity-providers")
                                .contains(role.path("name").asText()))
                        .toList());
    }

    /** @return people a second */
    private static double bring(KeycloakServer keycloak, Path lines, String what)
            throws IOException, InterruptedException {
        Duration cpu = ServerCpu.used();
        Ended sent = run(
                Workspace.own().resolve("import-findings.csv"),
                "send",
                lines.toString(),
                keycloak.url().toString(),
                KeycloakServer.REALM,
                CLIENT,
                "firebase",
                "--for-real",
                "--trust-verified");
        double rate = PEOPLE * 1e9 / sent.took().toNanos();
        OUT.printf(
                Locale.ROOT,
                "%s: %d people in %d s, %.0f a second, %.2f ms of the server's processor each; the program: %s%n",
                what,
                PEOPLE,
                sent.took().toSeconds(),
                rate,
                ServerCpu.used().minus(cpu).toNanos() / 1e6 / PEOPLE,
                sent.memory());
        return rate;
    }

    private static long users(Postgres postgres) {
        return count(postgres, "user_entity");
    }

    private static void requireAll(Postgres postgres, long before, int accounts) {
        long users = users(postgres) - before;
        long links = count(postgres, "federated_identity");
        if (users != PEOPLE || links != accounts) {
            throw new IllegalStateException(users + " users and " + links + " links came of it");
        }
    }

    private static long count(Postgres postgres, String table) {
        return Long.parseLong(
                postgres.select("select count(*) from " + table).get(0).get(0));
    }

    /** @param memory the most that it has had, as the system counts it */
    private record Ended(Duration took, String memory) {}

    private static Ended run(Path output, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM_HEAP,
                "-jar",
                PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("IMPORT_CLIENT_SECRET", SECRET);
        long begun = System.nanoTime();
        Process program = builder.start();
        String memory = "";
        do {
            String now = peak(program.pid());
            memory = now.isEmpty() ? memory : now;
        } while (!program.waitFor(1, TimeUnit.SECONDS));
        if (program.exitValue() != 0) {
            throw new IllegalStateException("the program ends with " + program.exitValue());
        }
        return new Ended(Duration.ofNanos(System.nanoTime() - begun), memory);
    }

    /** Empty where the system does not tell, or the process has ended. */
    private static String peak(long process) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D+", ""))
                    .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB resident at most")
                    .findFirst()
                    .orElse("");
        } catch (IOException ended) {
            return "";
        }
    }
}
