package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TabWatch;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a server whose admin API has an address of its own. */
class DoctorPageAddressIT {
    private static String publicUrl;
    private static String adminUrl;
    private static KeycloakServer server;

    @BeforeAll
    static void startServer() throws IOException {
        int port = freePort();
        publicUrl = "http://localhost:" + port;
        adminUrl = "http://127.0.0.1:" + port;
        server = KeycloakServer.start(ServerOptions.run("it-addresses")
                .withoutRealm()
                .httpPort(port)
                .startOption("--hostname=" + publicUrl)
                .startOption("--hostname-admin=" + adminUrl)
                .progress(System.out::println));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void pageCallsTheAdminApiWhereThatIs() {
        DoctorRealm doctor = DoctorRealm.of(OwnRealm.create(server, publicUrl, realm -> {}));
        Tab browser = Chromium.newBrowser();
        TabWatch watch = browser.watched();

        doctor.signIn(browser, doctor.administrator(DoctorRealm.LOOK));
        browser.has("[data-alias='acme']");

        assertThat(watch.requests())
                .allMatch(url -> List.of(publicUrl, adminUrl).stream().anyMatch(one -> url.startsWith(one + "/")))
                .anyMatch(url -> url.startsWith(adminUrl + "/admin/realms/"));
        assertThat(watch.complaints()).isEmpty();
    }
}
