package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.ProgramJar;
import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as users start it: with Java and the one file, and nothing else. */
class SimulatorJarIT {
    private static final Path JAR = Workspace.target().resolve("social-exchange-simulator.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+");

    @TempDir
    Path folder;

    @Test
    void startsWithJavaAlone() throws IOException, InterruptedException {
        Path certificate = folder.resolve("ca.pem");
        Process program = new ProcessBuilder(
                        JAVA.toString(), "-jar", JAR.toString(), "--port", "0", "--proxy-ca", certificate.toString())
                .redirectErrorStream(true)
                .start();
        try {
            URI address = address(program.inputReader());

            assertThat(get(address.resolve("/acme.example/jwks"))).contains("ES256");
            assertThat(get(address.resolve("/"))).contains("discord.com");
            assertThat(Files.readString(certificate)).startsWith("-----BEGIN CERTIFICATE-----");
        } finally {
            program.destroy();
        }
    }

    @Test
    void knowsNothingOfTheExtensionAndItsTests() {
        assertThat(ProgramJar.missing(JAR).lines())
                .isNotEmpty()
                .noneMatch(missing -> missing.contains("dev.socialexchange"));
    }

    @Test
    void isSmallEnoughToBeFetchedByACiJob() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(5_000_000);
    }

    /** Of the front; the proxy's line comes last, once everything is there. */
    private static URI address(BufferedReader output) throws IOException {
        URI address = null;
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher found = ADDRESS.matcher(line);
            if (address == null && found.find()) {
                address = URI.create(found.group());
            }
            if (line.startsWith("CONNECT proxy at ")) {
                return address;
            }
        }
        throw new AssertionError("it ended: " + said);
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
