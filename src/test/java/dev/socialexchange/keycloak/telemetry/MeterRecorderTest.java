package dev.socialexchange.keycloak.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterRecorderTest {
    private static final int MANY = 10_000;
    private static final long TOOK = TimeUnit.MILLISECONDS.toNanos(30);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Recorder recorder = new MeterRecorder(registry, MeterOptions.of(null));

    @Test
    void anExchangeIsCountedByWhatCameOfItAndTimed() {
        recorder.exchanged(google(), TOOK);
        recorder.exchanged(google(), TOOK);

        Counter requests = registry.get("social.exchange.requests").counter();
        assertThat(requests.count()).isEqualTo(2);
        assertThat(labels(requests))
                .isEqualTo(Map.of(
                        "type",
                        "google",
                        "kind",
                        "id_token",
                        "outcome",
                        "success",
                        "reason",
                        "none",
                        "detail",
                        "none"));
        Timer duration = registry.get("social.exchange.duration").timer();
        assertThat(duration.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
        assertThat(Arrays.stream(duration.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == 50)
                        .findFirst()
                        .orElseThrow()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRefusalIsCountedWithItsReasonAndTheCodeBehindIt() {
        recorder.exchanged(
                google().refused(ExchangeException.because(ExchangeError.TOKEN_INVALID, "key_unknown")), TOOK);

        assertThat(labels(registry.get("social.exchange.requests").counter()))
                .containsEntry("outcome", "refused")
                .containsEntry("reason", "token_invalid")
                .containsEntry("detail", "key_unknown");
    }

    @Test
    void anOutageAndSomebodyWhoIsNeededAreNoRefusals() {
        assertThat(google().refused(ExchangeException.unavailable("provider_deadline"))
                        .outcome())
                .isEqualTo(Exchanged.Outcome.UNAVAILABLE);
        assertThat(google().refused(ExchangeException.busy("database")).outcome())
                .isEqualTo(Exchanged.Outcome.UNAVAILABLE);
        assertThat(google().refused(ExchangeException.refuse(ExchangeError.CONSENT))
                        .outcome())
                .isEqualTo(Exchanged.Outcome.INTERACTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapper Zoë's department (oidc-role-idp-mapper)", "zoe@example.org", "flow x, step y", ""})
    void whatNamesSomethingOfARealmsOwnIsNoLabel(String detail) {
        recorder.exchanged(google().refused(ExchangeException.setupFaulty(detail)), TOOK);

        assertThat(labels(registry.get("social.exchange.requests").counter())).containsEntry("detail", "other");
    }

    @Test
    void tenThousandHostsAreAHundredAndTheRest() {
        many((i, recorder) -> recorder.called("host-" + i + ".example", "2xx", TOOK));
        many((i, recorder) -> recorder.shareRefused("host-" + i + ".example", "busy_here"));

        assertThat(values("social.exchange.provider.calls", "host"))
                .hasSize(MeterRecorder.MOST_HOSTS + 1)
                .contains("other");
        assertThat(values("social.exchange.share.refused", "host")).hasSize(MeterRecorder.MOST_HOSTS + 1);
        assertThat(registry.get("social.exchange.provider.calls")
                        .tag("host", "other")
                        .timer()
                        .count())
                .isEqualTo(MANY - MeterRecorder.MOST_HOSTS);
    }

    @Test
    void tenThousandAliasesClientsTypesAndDetailsAreSoManyAndTheRest() {
        Recorder asked = new MeterRecorder(registry, MeterOptions.of("alias, client"));
        for (int i = 0; i < MANY; i++) {
            asked.exchanged(
                    new Exchanged(
                            "realm",
                            "type" + i,
                            "alias" + i,
                            "client" + i,
                            "id_token",
                            Exchanged.Outcome.REFUSED,
                            "reason",
                            "detail" + i),
                    TOOK);
        }

        assertThat(values("social.exchange.requests", "alias")).hasSize(MeterRecorder.MOST_ALIASES + 1);
        assertThat(values("social.exchange.requests", "client")).hasSize(MeterRecorder.MOST_CLIENTS + 1);
        assertThat(values("social.exchange.requests", "type")).hasSize(MeterRecorder.MOST_TYPES + 1);
        assertThat(values("social.exchange.requests", "detail")).hasSize(MeterRecorder.MOST_DETAILS + 1);
        assertThat(ours()).hasSizeLessThan(400);
    }

    @Test
    void anAliasAndAClientAreLabelsOnlyWhereTheOperatorAsksForThem() {
        recorder.exchanged(google(), TOOK);
        assertThat(labels(registry.get("social.exchange.requests").counter())).doesNotContainKeys("alias", "client");

        MeterRegistry other = new SimpleMeterRegistry();
        new MeterRecorder(other, MeterOptions.of("alias")).exchanged(google(), TOOK);
        assertThat(labels(other.get("social.exchange.requests").counter()))
                .containsEntry("alias", "my-google")
                .doesNotContainKey("client");
    }

    @Test
    void aLabelThatNobodyKnowsEndsTheServersStart() {
        assertThatThrownBy(() -> MeterOptions.of("alias,realm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("realm");
    }

    @Test
    void aMeterIsRegisteredOnceHoweverOftenItCounts() {
        many((i, recorder) -> recorder.exchanged(google(), TOOK));
        many((i, recorder) -> recorder.called("www.googleapis.com", "2xx", TOOK));

        assertThat(ours()).hasSize(4); // with the gauge
    }

    @Test
    void whoWaitsForAPlaceIsSeenWhileItWaits() {
        recorder.waiting(1);
        recorder.waiting(1);
        recorder.waiting(-1);

        assertThat(registry.get("social.exchange.share.waiting").gauge().value())
                .isEqualTo(1);
    }

    /** A registry that nothing has been added to: what Keycloak leaves with its metrics off. */
    @Test
    void withMetricsOffNothingIsCountedAndNothingFails() {
        CompositeMeterRegistry nobody = new CompositeMeterRegistry();
        everything(new MeterRecorder(nobody, MeterOptions.of("alias,client")));

        assertThat(nobody.get("social.exchange.requests").counter().count()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void everyFamilyIsRecordedWithItsLabels(Family family) {
        everything(recorder);

        Meter meter = registry.get(family.meter()).meter();
        assertThat(labels(meter).keySet()).containsExactlyInAnyOrderElementsOf(family.labels());
        assertThat(meter.getId().getDescription()).isEqualTo(family.description());
    }

    private static void everything(Recorder recorder) {
        recorder.exchanged(google(), TOOK);
        recorder.proven("google", "jwks");
        recorder.called("www.googleapis.com", "2xx", TOOK);
        recorder.waiting(1);
        recorder.waited("granted", TOOK);
        recorder.shareRefused("www.googleapis.com", "share_exhausted");
        recorder.keySetLoaded("google", "loaded");
        recorder.usedBefore("token");
        recorder.firstLogin("google", "created");
        recorder.continuation("offered");
        recorder.throttled("proofs");
        recorder.drifted("google", "issuer");
        recorder.arrived("firebase");
        recorder.signal("google", "account-disabled", "link_suspended");
        recorder.revocation("google", "refused");
    }

    private void many(BiConsumer<Integer, Recorder> work) {
        for (int i = 0; i < MANY; i++) {
            work.accept(i, recorder);
        }
    }

    private static Exchanged google() {
        return Exchanged.of("realm", "google", "my-google", "demo-spa", "id_token", Exchanged.Outcome.SUCCESS);
    }

    /** Without the buckets that this registry makes meters of. */
    private List<String> ours() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> !name.endsWith(".histogram"))
                .toList();
    }

    private Set<String> values(String meter, String label) {
        return registry.get(meter).meters().stream()
                .map(one -> one.getId().getTag(label))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> labels(Meter meter) {
        return meter.getId().getTags().stream().collect(Collectors.toMap(tag -> tag.getKey(), tag -> tag.getValue()));
    }

    @Test
    void everythingHasItsFamilyAndNoOther() {
        everything(recorder);

        assertThat(ours())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Family.values()).stream().map(Family::meter).toList());
    }
}
