package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.DashboardPanels;
import dev.socialexchange.keycloak.it.support.Eventually;
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
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
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
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURE = Workspace.basedir().resolve("docs/images/dashboard.png");

    private final OwnProviders providers = new OwnProviders();
    private final OwnRealm realm = OwnRealm.create();
    private final App app = App.of(realm);
    private final String acme = providers.identityProvider("acme", Map.of("exchangeTimeout", "3000"));
    private final String google = providers.identityProvider("google", Map.of());
    private final String github = providers.identityProvider("github", Map.of());
    private final Person again = providers.newPerson();
    private final List<CompletableFuture<Answer>> underWay = new ArrayList<>();
    private Prometheus prometheus;

    @BeforeEach
    void start() throws InterruptedException {
        assumeTrue(Prometheus.program().isPresent(), "no prometheus on the path");
        prometheus = Prometheus.start(Suite.keycloak());
        Eventually.await("Prometheus has scraped", PATIENCE, prometheus::isReady);
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
        for (Phase phase : evening()) {
            spend(phase);
        }
        underWay.forEach(CompletableFuture::join);
        ArrayNode panels = drawn(begin + 3);

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

    /** @param trouble makes it, and says whether it has been seen */
    private record Phase(String what, double part, BooleanSupplier trouble) {}

    /** One trouble after the other, with quiet in between. */
    private List<Phase> evening() {
        String asking = app.provider("acme");
        App hasty = App.of(realm);
        String throttling =
                hasty.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "2"));
        BooleanSupplier quiet = () -> isQuiet(asking);
        return List.of(
                new Phase("quiet", 0.1, quiet),
                new Phase("tokens for another app", 0.15, () -> isForAnotherApp()),
                new Phase("quiet", 0.05, quiet),
                new Phase("outage", 0.15, () -> isDown()),
                new Phase("quiet", 0.05, quiet),
                new Phase("no answers", 0.1, () -> hangs()),
                new Phase("quiet", 0.15, quiet),
                new Phase("too many in vain", 0.15, () -> isThrottled(hasty, throttling)),
                new Phase("quiet", 0.1, quiet));
    }

    /** Logins all the time; the phase is over when its time is, and its trouble has been seen. */
    private void spend(Phase phase) throws InterruptedException {
        long begin = System.nanoTime();
        long part = (long) (phase.part() * TimeUnit.SECONDS.toNanos(SECONDS));
        boolean seen = false;
        while (!seen || System.nanoTime() - begin < part) {
            assertThat(System.nanoTime() - begin).as(phase.what()).isLessThan(part + PATIENCE.toNanos());
            everybodySignsIn();
            seen |= phase.trouble().getAsBoolean();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void everybodySignsIn() {
        Simulator simulated = providers.simulator();
        Exchanges.idToken(google, simulated.google().idToken(simulated.google().clientId(), providers.newPerson()));
        Exchanges.idToken(acme, acmeToken(again));
        Exchanges.accessToken(
                github, simulated.github().accessToken(simulated.github().clientId(), providers.newPerson()));
    }

    private boolean isQuiet(String asking) {
        providers.simulator().clearFaults();
        Exchanges.accessToken(acme, accessToken());
        String token = acmeToken(again);
        Exchanges.idToken(acme, token);
        Exchanges.idToken(acme, token); // a second time
        app.request(asking, Suite.newPerson().withoutEmail()).send();
        return true;
    }

    private boolean isForAnotherApp() {
        String foreign = providers.simulator().acme().idToken("another-app", again);
        return Exchanges.idToken(acme, foreign).errorReason().equals("token_for_another_app");
    }

    private boolean isDown() {
        fault(Fault.status(500));
        return Exchanges.accessToken(acme, accessToken()).status() == 503;
    }

    private boolean hangs() {
        fault(Fault.hang());
        for (int i = 0; i < 12; i++) {
            underWay.add(Exchanges.request(acme, TokenType.ACCESS_TOKEN, accessToken())
                    .sendAsync());
        }
        return true;
    }

    private boolean isThrottled(App hasty, String throttling) {
        boolean throttled = false;
        for (int i = 0; i < 5; i++) {
            throttled |= realm.request(hasty.clientId(), throttling, TokenType.ID_TOKEN, "no-token")
                            .send()
                            .status()
                    == 429;
        }
        return throttled;
    }

    /** The panels once none is empty: a rate takes two scrapes. */
    private ArrayNode drawn(long begin) throws InterruptedException {
        DashboardPanels dashboard = new DashboardPanels(prometheus);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            ArrayNode panels = dashboard.between(begin, System.currentTimeMillis() / 1000);
            boolean complete = StreamSupport.stream(panels.spliterator(), false)
                    .noneMatch(panel -> panel.path("series").isEmpty());
            if (complete || System.nanoTime() > end) {
                return panels;
            }
            TimeUnit.MILLISECONDS.sleep(500);
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
