package dev.socialexchange.keycloak.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.Issuer;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transmitter that keeps signals until somebody fetches them and says what has become of them. */
class StreamPollTest {
    private static final String ISSUER = "https://id.example";
    private static final String ENDPOINT = "https://id.example/poll/1";
    private static final Issuer SIGNER = new Issuer(ISSUER, "key");

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final Map<String, String> kept = new LinkedHashMap<>();
    private final Map<String, String> errors = new HashMap<>();
    private final List<String> taken = new ArrayList<>();
    private int most = Integer.MAX_VALUE;
    private final List<JsonNode> asked = new ArrayList<>();
    private Instant now = Instant.now();
    private final KeptSignals failed = new KeptSignals(() -> now, Duration.ofMinutes(1));
    private final OfflineKeycloak keycloak = new OfflineKeycloak()
            .knowing(SIGNER)
            .keeping("${vault.token}", "of-the-vault")
            .answering("https://id.example/token", 200, "{\"access_token\":\"of-the-client\"}")
            .answering(ENDPOINT, this::answer);

    private static OfflineProvider provider(String... further) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "clientId", "our-app",
                "clientSecret", "s3cret",
                "issuer", ISSUER,
                "useJwksUrl", "true",
                "jwksUrl", "https://id.example/jwks",
                "tokenUrl", "https://id.example/token",
                "clientAuthMethod", "client_secret_post",
                "exchangeSignals", "enforce",
                "exchangeSignalsPoll", ENDPOINT));
        for (int i = 0; i < further.length; i += 2) {
            settings.put(further[i], further[i + 1]);
        }
        return OfflineProvider.openId(settings);
    }

    private static String token(String id, String audience) {
        return token(id, audience, "");
    }

    /** Ten of them are no answer. */
    private static String longToken(String id) {
        return token(id, "our-app", "x".repeat(45_000));
    }

    private static String token(String id, String audience, String further) {
        return SIGNER.sign(
                Map.of(
                        "further",
                        further,
                        "iss",
                        ISSUER,
                        "aud",
                        audience,
                        "iat",
                        Instant.now().getEpochSecond(),
                        "jti",
                        id,
                        "sub_id",
                        Map.of("format", "iss_sub", "iss", ISSUER, "sub", "person-" + id),
                        "events",
                        Map.of("https://schemas.openid.net/secevent/risc/event-type/account-disabled", Map.of())),
                header -> header.put("typ", "secevent+jwt"));
    }

    /** As RFC 8936 has it; what does not fit is no answer, as in the engine for calls. */
    private Outcome answer(Call call) {
        JsonNode request = StrictJson.read(call.body().content()).orElseThrow();
        asked.add(request);
        request.path("ack").forEach(id -> kept.remove(id.asText()));
        request.path("setErrs").properties().forEach(error -> {
            kept.remove(error.getKey());
            errors.put(error.getKey(), error.getValue().path("err").asText());
        });
        ObjectNode answer = new ObjectMapper().createObjectNode();
        ObjectNode sets = answer.putObject("sets");
        int max = Math.min(most, request.path("maxEvents").asInt());
        kept.entrySet().stream().limit(max).forEach(one -> sets.put(one.getKey(), one.getValue()));
        answer.put("moreAvailable", kept.size() > max);
        return answer.toString().length() > 512 * 1024
                ? new Outcome.Failure(Outcome.Cause.ANSWER_TOO_LARGE)
                : OfflineKeycloak.answer(200, "application/json", answer.toString());
    }

    private Optional<String> run(OfflineProvider provider) {
        return new StreamPoll(keycloak, provider, failed, this::take)
                .run("shared-signals")
                .map(Trouble::outcome);
    }

    private void take(Signal signal) {
        taken.add(signal.subjects().get(0));
    }

    @Test
    void whatIsFetchedIsTakenAndTheTransmitterHearsOfItAfterwards() {
        for (int number = 0; number < 70; number++) {
            kept.put("id-" + number, token("id-" + number, "our-app"));
        }

        assertThat(run(provider("exchangeSignalsPollScope", "ssf.read"))).isEmpty();

        assertThat(taken).hasSize(70).startsWith("person-id-0").doesNotHaveDuplicates();
        assertThat(kept).isEmpty();
        assertThat(asked).hasSize(4).allSatisfy(request -> assertThat(
                        request.path("returnImmediately").asBoolean())
                .isTrue());
        assertThat(asked.get(0).has("ack")).isFalse();
        assertThat(keycloak.calls("https://id.example/token")).singleElement().satisfies(call -> assertThat(
                        call.body().content())
                .contains("grant_type=client_credentials")
                .contains("scope=ssf.read")
                .contains("client_secret=s3cret"));
        assertThat(keycloak.calls(ENDPOINT))
                .allSatisfy(call -> assertThat(call.headers()).containsEntry("Authorization", "Bearer of-the-client"));
    }

    /** It would come again for ever, and keep others from coming. */
    @Test
    void whatIsRefusedIsToldToTheTransmitterWithItsReason() {
        kept.put("foreign", token("foreign", "another-app"));
        kept.put("forged", token("forged", "our-app").replaceFirst("\\.[^.]{8}", ".AAAAAAAA"));
        kept.put("none", "no token at all");
        kept.put("ours", token("ours", "our-app"));

        assertThat(run(provider())).isEmpty();

        assertThat(taken).containsExactly("person-ours");
        assertThat(errors)
                .containsEntry("foreign", "invalid_audience")
                .containsEntry("none", "invalid_request")
                .containsKey("forged")
                .hasSize(3);
        assertThat(kept).isEmpty();
        assertThat(keycloak.recorded()).contains("signal [oidc, none, audience_of_another]");
    }

    @Test
    void whatCannotBeDoneNowIsNotAcknowledgedAndComesAgain() {
        kept.put("id-1", token("id-1", "our-app"));
        kept.put("id-2", token("id-2", "our-app"));

        Optional<Trouble> first = new StreamPoll(keycloak, provider(), failed, signal -> {
                    if (signal.subjects().get(0).equals("person-id-1")) {
                        throw ExchangeException.busy("database");
                    }
                    take(signal);
                })
                .run("shared-signals");

        assertThat(first).as("the transmitter has not failed").isEmpty();
        assertThat(keycloak.recorded()).containsOnlyOnce("signal [oidc, none, signal_kept]");
        assertThat(kept).containsOnlyKeys("id-1");
        assertThat(errors).isEmpty();
        later(Duration.ofMinutes(1));
        assertThat(run(provider())).isEmpty();
        assertThat(taken).containsExactly("person-id-2", "person-id-1");
        assertThat(kept).isEmpty();
    }

    /** A listener, or a store of others. */
    @Test
    void signalThatForeignCodeFailsAtKeepsNobodyElses() {
        kept.put("id-1", token("id-1", "our-app"));
        kept.put("id-2", token("id-2", "our-app"));

        assertThat(runFailing(List.of("person-id-1"))).isEmpty();

        assertThat(taken).containsExactly("person-id-2");
        assertThat(kept).containsOnlyKeys("id-1");
        assertThat(errors).isEmpty();
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void signalsThatAlwaysFailLetThoseBehindThemThrough() {
        List<String> failing = failing(40);
        good(50);

        assertThat(runFailing(failing)).isEmpty();

        assertThat(taken).hasSize(50);
        assertThat(kept).hasSize(40).containsKey("bad-0").containsKey("bad-39");
        assertThat(log.lines()).as("each is tried once a time").hasSize(40);
    }

    @Test
    void noMoreThanABoundedNumberIsTriedInVainAtATime() {
        List<String> failing = failing(200);

        assertThat(runFailing(failing)).contains(new Trouble("poll_held_up", "kept_64"));

        assertThat(log.lines()).hasSize(64);
        assertThat(kept).hasSize(200);
    }

    @Test
    void signalsThatAlwaysFailHoldUpThoseBehindThemForAFewMinutesOnly() {
        List<String> failing = failing(200);
        good(50);

        for (int minute = 0; minute < 3; minute++) {
            assertThat(runFailing(failing).map(Trouble::outcome)).contains("poll_held_up");
            assertThat(taken).isEmpty();
            later(Duration.ofMinutes(1));
        }
        assertThat(runFailing(failing)).isEmpty();

        assertThat(taken).hasSize(50);
        assertThat(kept).hasSize(200).containsKeys("bad-0", "bad-199");
        assertThat(log.lines()).hasSizeGreaterThan(200);
    }

    @Test
    void whatAlwaysFailsIsTriedEverMoreSeldomAndNeverGivenUp() {
        List<String> failing = failing(2);
        List<Integer> tried = new ArrayList<>();
        for (int minute = 0; minute < 64; minute++) {
            int before = log.lines().size();
            assertThat(runFailing(failing)).isEmpty();
            if (log.lines().size() > before) {
                tried.add(minute);
            }
            later(Duration.ofMinutes(1));
        }

        assertThat(tried).containsExactly(0, 1, 3, 7, 15, 31, 47, 63);
        assertThat(kept).hasSize(2);
        assertThat(errors).isEmpty();
    }

    @Test
    void onceWhatWasWrongIsMendedAllAreTriedAgain() {
        List<String> failing = List.of("person-bad-0", "person-bad-1");
        kept.put("bad-0", token("bad-0", "our-app"));
        for (int minute = 0; minute < 31; minute++) {
            if (minute == 18) {
                kept.put("bad-1", token("bad-1", "our-app"));
            }
            runFailing(failing);
            later(Duration.ofMinutes(1));
        }
        assertThat(log.lines())
                .as("one in minutes 0, 1, 3, 7, 15, the other in 18, 19, 21, 25")
                .hasSize(9);

        runFailing(List.of());
        assertThat(taken).containsExactly("person-bad-0");
        later(Duration.ofMinutes(1));
        runFailing(List.of());

        assertThat(taken).as("a minute before its time").containsExactly("person-bad-0", "person-bad-1");
        assertThat(kept).isEmpty();
    }

    /** Nobody can have it given out what comes behind. */
    @Test
    void operatorHearsOfTransmitterThatGivesOutNothingBehindWhatFails() {
        List<String> failing = failing(20);
        good(5);
        most = 10;

        assertThat(runFailing(failing)).contains(new Trouble("poll_held_up", "kept_10"));
        assertThat(runFailing(failing)).contains(new Trouble("poll_held_up", "kept_10"));

        assertThat(kept).hasSize(25);
        assertThat(taken).isEmpty();
        assertThat(log.lines()).hasSize(10);
        later(Duration.ofMinutes(1));
        assertThat(runFailing(List.of())).as("when it works again").isEmpty();
        assertThat(taken).hasSize(25);
    }

    /** Of what has to be tried again the first is had at least. */
    @Test
    void signalsThatAreTooLongTogetherAreTriedAgainFromTheFirst() {
        for (int number = 0; number < 10; number++) {
            kept.put("long-" + number, longToken("long-" + number));
        }
        List<String> failing =
                List.copyOf(kept.keySet()).stream().map(id -> "person-" + id).toList();
        runFailing(failing);
        assertThat(kept).hasSize(10);
        assertThat(log.lines()).isNotEmpty();
        later(Duration.ofMinutes(1));

        for (int minute = 0; minute < 3; minute++) {
            runFailing(List.of());
            later(Duration.ofMinutes(1));
        }

        assertThat(taken).hasSize(10).doesNotHaveDuplicates();
        assertThat(kept).isEmpty();
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private List<String> failing(int count) {
        List<String> failing = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            kept.put("bad-" + number, token("bad-" + number, "our-app"));
            failing.add("person-bad-" + number);
        }
        return failing;
    }

    private void good(int count) {
        for (int number = 0; number < count; number++) {
            kept.put("good-" + number, token("good-" + number, "our-app"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signal_contended", "link_contended"})
    void signalThatAnotherNodeIsAtIsNoFailure(String detail) {
        kept.put("id-1", token("id-1", "our-app"));

        Optional<Trouble> trouble = new StreamPoll(keycloak, provider(), failed, signal -> {
                    throw ExchangeException.busy(detail);
                })
                .run("shared-signals");

        assertThat(trouble).isEmpty();
        assertThat(kept).containsOnlyKeys("id-1");
        assertThat(keycloak.recorded()).noneMatch(line -> line.contains("signal_kept"));
    }

    private Optional<Trouble> runFailing(List<String> subjects) {
        return new StreamPoll(keycloak, provider(), failed, signal -> {
                    if (subjects.contains(signal.subjects().get(0))) {
                        throw new IllegalStateException("a listener's");
                    }
                    take(signal);
                })
                .run("shared-signals");
    }

    @Test
    void batchThatIsNoAnswerAnyMoreIsFetchedOneByOne() {
        for (int number = 0; number < 6; number++) {
            kept.put("id-" + number, "x".repeat(120_000));
        }

        assertThat(run(provider())).isEmpty();

        assertThat(errors).hasSize(6);
        assertThat(kept).isEmpty();
    }

    @Test
    void noMoreThanABoundedNumberIsFetchedAtATime() {
        for (int number = 0; number < 400; number++) {
            kept.put("id-" + number, "not a token");
        }

        assertThat(run(provider())).isEmpty();

        assertThat(errors).hasSize(320);
        assertThat(kept).hasSize(80);
    }

    @Test
    void tokenOfTheVaultIsUsedWhereOneIsNamed() {
        assertThat(run(provider("exchangeSignalsPollToken", "${vault.token}"))).isEmpty();
        assertThat(run(provider("exchangeSignalsPollToken", "${vault.missing}")))
                .contains("poll_unauthorized");

        assertThat(keycloak.calls("https://id.example/token")).isEmpty();
        assertThat(keycloak.calls(ENDPOINT)).singleElement().satisfies(call -> assertThat(call.headers())
                .containsEntry("Authorization", "Bearer of-the-vault"));
    }

    @Test
    void withoutAnAccessTokenNothingIsAsked() {
        OfflineKeycloak refusing = new OfflineKeycloak()
                .answering("https://id.example/token", 401, "{\"error\":\"invalid_client\"}")
                .answering(ENDPOINT, this::answer);

        assertThat(new StreamPoll(refusing, provider(), failed, this::take).run("shared-signals"))
                .contains(new Trouble("poll_unauthorized", "no_access_token"));

        assertThat(asked).isEmpty();
    }

    @Test
    void answerThatIsNoTransmittersEndsItForNow() {
        OfflineKeycloak odd = new OfflineKeycloak()
                .answering("https://id.example/token", 200, "{\"access_token\":\"a\"}")
                .answering(ENDPOINT, 200, "{\"sets\":[]}");

        assertThat(new StreamPoll(odd, provider(), failed, this::take).run("shared-signals"))
                .contains(new Trouble("poll_failed", "status_200"));
    }

    @Test
    void providerThatIsSetUpByHalfEndsItForNow() {
        assertThat(run(provider("clientId", " "))).contains("poll_failed");

        assertThat(asked).isEmpty();
    }

    @Test
    void onlyWhereAnAddressIsEnteredIsAnythingFetched() {
        assertThat(StreamPoll.address(provider())).contains("shared-signals");
        assertThat(StreamPoll.address(provider("exchangeSignalsPoll", " "))).isEmpty();
        assertThat(StreamPoll.address(
                        OfflineProvider.ofType("github", Map.of("clientId", "a", "exchangeSignalsPoll", ENDPOINT))))
                .as("a form is no token")
                .isEmpty();
    }
}
