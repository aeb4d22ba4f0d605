package dev.socialexchange.keycloak.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    private static final char[] PASSWORD = "password".toCharArray();

    private final Shell shell = new Shell();

    @Test
    void aCertificateThatNobodyVouchesForEndsIt(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("keys.p12"))));
        server.start();
        try {
            assertThat(run("https://localhost:" + server.getAddress().getPort()))
                    .isEqualTo(Exit.NO_ANSWER);
            assertThat(shell.errors()).contains("its certificate is not trusted", "-Djavax.net.ssl.trustStore=FILE");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPortWithoutTlsIsAnother() throws IOException {
        try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(run("https://localhost:" + plain.getLocalPort())).isEqualTo(Exit.NO_ANSWER);
            assertThat(shell.errors()).contains("it does not speak TLS there").doesNotContain("trustStore");
        }
    }

    @Test
    void aNameThatIsNotKnownIsTold() {
        String tooLong = "http://" + "x".repeat(64) + ".invalid"; // so that no name server is asked
        assertThat(run(tooLong, "--plain-http")).isEqualTo(Exit.NO_ANSWER);
        assertThat(shell.errors()).contains("No answer from " + tooLong + ": the name is not known here");
    }

    @Test
    void aConnectionThatBreaksIsTold() throws IOException {
        try (ServerSocket broken = answering("")) {
            assertThat(run("http://localhost:" + broken.getLocalPort())).isEqualTo(Exit.NO_ANSWER);
            assertThat(shell.errors()).contains("the connection broke");
        }
    }

    /** A server that says this to whatever it hears first, and hangs up. */
    private static ServerSocket answering(String text) throws IOException {
        ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread answers = new Thread(() -> {
            while (!socket.isClosed()) {
                try (Socket heard = socket.accept()) {
                    heard.getInputStream().read(new byte[4096]);
                    heard.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    // the caller, or the test's end
                }
            }
        });
        answers.setDaemon(true);
        answers.start();
        return socket;
    }

    private Exit run(String server, String... further) {
        return shell.run(Stream.concat(
                        Stream.of("--server", server, "--realm", "social", "--client", "doctor"), Stream.of(further))
                .toArray(String[]::new));
    }

    private static SSLContext selfSigned(Path file) throws IOException, InterruptedException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(file)) {
            keys.load(input, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
