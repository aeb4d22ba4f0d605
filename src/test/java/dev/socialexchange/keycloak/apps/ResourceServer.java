package dev.socialexchange.keycloak.apps;

import dev.socialexchange.keycloak.it.support.FreePorts;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** One of the resource servers of {@code examples}, in a process of its own. */
final class ResourceServer implements AutoCloseable {
    private static final Path EXAMPLES = Workspace.basedir().resolve("examples");
    private static final int SECONDS = 60;

    private final Process process;
    private final URI url;

    private ResourceServer(int port, ProcessBuilder program) {
        url = URI.create("http://127.0.0.1:" + port);
        try {
            process = program.redirectErrorStream(true)
                    .redirectOutput(
                            Workspace.own().resolve("resource-server.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ResourceServer spring(String issuer, String audience) {
        Path jar = EXAMPLES.resolve("resource-server-spring-boot/target/resource-server.jar");
        if (!Files.isRegularFile(jar)) {
            throw new TestAbortedException("not built: mvn -f examples/resource-server-spring-boot verify");
        }
        int port = FreePorts.one();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ResourceServer(
                port,
                new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "--server.port=" + port,
                        "--realm.issuer=" + issuer,
                        "--realm.audience=" + audience));
    }

    static ResourceServer django(String issuer, String audience) {
        Path database = Workspace.own().resolve("resource-server.sqlite");
        if (run(python(List.of("-c", "import cryptography, django, jwt, rest_framework"))) != 0) {
            throw new TestAbortedException("no Django here: install python3-django and python3-djangorestframework");
        }
        try {
            Files.deleteIfExists(database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessBuilder migration = python(List.of("manage.py", "migrate", "-v", "0"));
        migration.environment().put("DATABASE", database.toString());
        if (run(migration) != 0) {
            throw new AssertionError("its database cannot be set up");
        }
        int port = FreePorts.one();
        ProcessBuilder server = python(List.of("manage.py", "runserver", "--noreload", "127.0.0.1:" + port));
        server.environment().put("DATABASE", database.toString());
        server.environment().put("REALM_ISSUER", issuer);
        server.environment().put("REALM_AUDIENCE", audience);
        return new ResourceServer(port, server);
    }

    /** What it answers, once it is there. */
    RawRequest get(String path, String token) {
        awaitStart();
        return RawRequest.to(url.resolve(path)).method("GET").header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private void awaitStart() {
        for (int tries = 0; tries < SECONDS * 10; tries++) {
            if (!process.isAlive()) {
                throw new AssertionError("it has ended: resource-server.log says why");
            }
            if (isListening()) {
                return;
            }
            pause();
        }
        throw new AssertionError("it does not listen after " + SECONDS + " s");
    }

    private boolean isListening() {
        try (Socket connection = new Socket(url.getHost(), url.getPort())) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static ProcessBuilder python(List<String> arguments) {
        ProcessBuilder python = new ProcessBuilder("/usr/bin/python3", "-B");
        python.command().addAll(arguments);
        return python.directory(EXAMPLES.resolve("resource-server-django").toFile());
    }

    private static int run(ProcessBuilder program) {
        try {
            return program.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException nothingThere) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
