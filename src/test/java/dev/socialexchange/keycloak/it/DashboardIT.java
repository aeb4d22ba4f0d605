package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.DashboardPanels;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Prometheus;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The dashboard as an operator sees it, drawn from what a real Prometheus has scraped of a real Keycloak. {@code -Dupdate.docs} makes
 * the picture of docs/operations.md anew, from a longer run.
 */
@WithOneKeycloak
class DashboardIT {
    private static final boolean UPDATE = System.getProperty("update.docs") != null;
    private static final long SECONDS = UPDATE ? 150 : 20;
    private static final Path PICTURE = Workspace.basedir().resolve("docs/images/dashboard.png");

    private final OwnProviders providers = new OwnProviders();
    private final OwnRealm realm = OwnRealm.create();
    private final App app = App.of(realm);
    private final List<CompletableFuture<Answer>> underWay = new ArrayList<>();
    private Prometheus prometheus;

    @BeforeEach
    void start() throws InterruptedException {
        assumeTrue(Prometheus.program().isPresent(), "no prometheus on the path");
        prometheus = Prometheus.start(Suite.keycloak());
        while (!prometheus.isReady()) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        providers.close();
    }

    @Test
    void everyPanelDrawsSomething() throws IOException, InterruptedException {
        long begin = System.currentTimeMillis() / 1000;
        evening(begin);
        underWay.forEach(CompletableFuture::join);
        TimeUnit.SECONDS.sleep(2); // a rate takes two scrapes
        ArrayNode panels = new DashboardPanels(prometheus).between(begin + 3, System.currentTimeMillis() / 1000);

        Tab tab = Chromium.newBrowser()
                .isWide(1200)
                .open(DashboardPanels.page(panels).toUri().toString());

        assertThat(panels).hasSizeGreaterThan(10);
        assertThat(
                        tab.json(
                                "[...document.querySelectorAll('section')].map(section => section.querySelectorAll('path.series[d]').length)"))
                .as("series of each panel")
                .hasSize(panels.size())
                .allSatisfy(series -> assertThat(series.asInt()).isPositive());
        assertThat(tab.text()).contains("Exchanges by outcome", "token_for_another_app", "throttled");
        tab.photographs("dashboard");
        if (UPDATE) {
            Files.copy(
                    Workspace.target().resolve("screenshots/dashboard.png"),
                    PICTURE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Logins all the time, and one trouble after the other. */
    private void evening(long begin) throws InterruptedException {
        String acme = providers.identityProvider("acme", Map.of("exchangeTimeout", "3000"));
        String google = providers.identityProvider("google", Map.of());
        String github = providers.identityProvider("github", Map.of());
        String throttling =
                app.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "10"));
        String asking = app.provider("acme");
        Person again = providers.newPerson();
        double part = 0;
        while (part < 1) {
            Exchanges.idToken(
                    google,
                    providers
                            .simulator()
                            .google()
                            .idToken(providers.simulator().google().clientId(), providers.newPerson()));
            Exchanges.idToken(acme, acmeToken(again));
            Exchanges.accessToken(
                    github,
                    providers
                            .simulator()
                            .github()
                            .accessToken(providers.simulator().github().clientId(), providers.newPerson()));
            if (part > 0.1 && part < 0.25) {
                Exchanges.idToken(acme, providers.simulator().acme().idToken("another-app", again));
            } else if (part > 0.3 && part < 0.45) {
                fault(Fault.status(500));
                Exchanges.accessToken(acme, accessToken());
            } else if (part > 0.5 && part < 0.6) {
                fault(Fault.hang());
                for (int i = 0; i < 12; i++) {
                    underWay.add(Exchanges.request(acme, TokenType.ACCESS_TOKEN, accessToken())
                            .sendAsync());
                }
            } else if (part > 0.75 && part < 0.9) {
                for (int i = 0; i < 5; i++) {
                    realm.request(app.clientId(), throttling, TokenType.ID_TOKEN, "no-token")
                            .send();
                }
            } else {
                providers.simulator().clearFaults();
                Exchanges.accessToken(acme, accessToken());
                String token = acmeToken(again);
                Exchanges.idToken(acme, token);
                Exchanges.idToken(acme, token); // a second time
                app.request(asking, Suite.newPerson().withoutEmail()).send();
            }
            TimeUnit.MILLISECONDS.sleep(100);
            part = (System.currentTimeMillis() / 1000.0 - begin) / SECONDS;
        }
    }

    private void fault(Fault fault) {
        ProviderEndpoint.binding("acme").fault(providers.simulator(), fault);
        ProviderEndpoint.profile("acme").fault(providers.simulator(), fault);
    }

    private String acmeToken(Person person) {
        return providers.simulator().acme().idToken(Oidc.CLIENT_ID, person);
    }

    private String accessToken() {
        return providers.simulator().acme().accessToken(Oidc.CLIENT_ID, providers.newPerson());
    }
}
