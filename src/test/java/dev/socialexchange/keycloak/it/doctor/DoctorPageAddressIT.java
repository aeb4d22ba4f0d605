package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.AdminShell;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.DocumentedScript;
import dev.socialexchange.keycloak.it.support.FreePorts;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TabWatch;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a server whose admin API has an address of its own, in a realm that is set up as the documentation says. */
@WithOneKeycloak
class DoctorPageAddressIT {
    private static String publicUrl;
    private static String adminUrl;
    private static KeycloakServer server;

    @BeforeAll
    static void startServer() {
        int port = FreePorts.one();
        publicUrl = "http://localhost:" + port;
        adminUrl = "http://127.0.0.1:" + port;
        server = KeycloakServer.start(ServerOptions.run("it-addresses")
                .withoutRealm()
                .httpPort(port)
                .startOption("--hostname=" + publicUrl)
                .startOption("--hostname-admin=" + adminUrl)
                .progress(System.out::println));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void pageIsTurnedOnAsDocumentedAndCallsTheAdminApiWhereThatIs() {
        OwnRealm realm = OwnRealm.create(server, publicUrl, settings -> {});
        realm.admin().deleteClient(DoctorRealm.CLIENT);
        DoctorRealm doctor = new DoctorRealm(realm);
        String administrator = doctor.administrator("realm-admin");
        assertThat(Chromium.newBrowser().open(doctor.url()).text()).contains("The doctor's page is off in this realm");

        AdminShell.run(
                server, DocumentedScript.of("docs/doctor.md").get(0).replace("realm=social", "realm=" + realm.name()));

        Tab browser = Chromium.newBrowser();
        TabWatch watch = browser.watched();
        doctor.signIn(browser, administrator).has("[data-alias='acme']");
        assertThat(watch.requests())
                .allMatch(url -> List.of(publicUrl, adminUrl).stream().anyMatch(one -> url.startsWith(one + "/")))
                .anyMatch(url -> url.startsWith(adminUrl + "/admin/realms/"));
        assertThat(watch.complaints()).isEmpty();
        assertThat(rolesSentBy(watch))
                .as("whatever else they may do")
                .containsExactlyInAnyOrder(
                        DoctorRealm.LOOK, DoctorRealm.MANAGE, DoctorRealm.PEOPLE, "query-users", "query-groups");
        browser.presses("#account button").has("#sign-in");
    }

    /** Of the realm's management, in the token that the page has sent. */
    private static List<String> rolesSentBy(TabWatch watch) {
        return StreamSupport.stream(
                        watch.sentClaims()
                                .at("/resource_access/realm-management/roles")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }
}
