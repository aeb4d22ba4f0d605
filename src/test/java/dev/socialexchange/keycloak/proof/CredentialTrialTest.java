package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.CredentialTrial.Verdict;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider's answer to a code or token that nobody has issued says of our secret. */
class CredentialTrialTest {
    private static final String REDIRECT_URI = "https://sso.example/realms/r/broker/p/endpoint";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // RFC 6749 §5.2, as most answer
                "discord | 400 | {\"error\":\"invalid_grant\"} | RIGHT",
                "discord | 400 | {\"error\":\"invalid_request\"} | RIGHT",
                "discord | 401 | {\"error\":\"invalid_client\"} | WRONG",
                "discord | 400 | {\"error\":\"unauthorized_client\"} | WRONG",
                "discord | 401 | {\"error\":\"invalid_grant\"} | RIGHT",
                "discord | 401 | <html/> | WRONG",
                "discord | 400 | {\"error\":\"redirect_uri_mismatch\"} | REDIRECT_URI",
                "discord | 404 | <html/> | UNTOLD",
                "discord | 400 | {\"error\":\"unsupported_grant_type\"} | UNTOLD",
                "discord | 200 | {\"access_token\":\"of nobody\"} | UNTOLD",
                "discord | 429 | {\"error\":\"invalid_client\"} | SILENT",
                "discord | 503 | {\"error\":\"invalid_client\"} | SILENT",
                // each in its own words
                "slack | 200 | {\"ok\":false,\"error\":\"invalid_code\"} | RIGHT",
                "slack | 200 | {\"ok\":false,\"error\":\"bad_client_secret\"} | WRONG",
                "slack | 200 | {\"ok\":false,\"error\":\"invalid_client_id\"} | UNKNOWN_CLIENT",
                "slack | 200 | {\"ok\":false,\"error\":\"bad_redirect_uri\"} | REDIRECT_URI",
                "slack | 200 | {\"ok\":false,\"error\":\"ratelimited\"} | SILENT",
                "wechat | 200 | {\"errcode\":40029} | RIGHT",
                "wechat | 200 | {\"errcode\":40125} | WRONG",
                "wechat | 200 | {\"errcode\":40013} | UNKNOWN_CLIENT",
                "wechat | 200 | {\"errcode\":-1} | SILENT",
                "twitch | 400 | {\"status\":400,\"message\":\"Invalid authorization code\"} | RIGHT",
                "twitch | 403 | {\"status\":403,\"message\":\"invalid client secret\"} | WRONG",
                "twitch | 400 | {\"status\":400,\"message\":\"invalid client\"} | UNKNOWN_CLIENT",
                // LinkedIn says it of an unknown code, too
                "linkedin-openid-connect | 400 | {\"error\":\"invalid_redirect_uri\"} | RIGHT",
                // by a call
                "github | 404 | {\"message\":\"Not Found\"} | RIGHT",
                "github | 401 | {\"message\":\"Bad credentials\"} | WRONG",
                "github | 403 | {\"message\":\"Forbidden\"} | UNTOLD",
                "github | 200 | {\"id\":1} | UNTOLD",
                "facebook | 200 | {\"id\":\"138480011122233\"} | LET_IN",
                "facebook | 200 | {} | UNTOLD",
                "facebook | 400 | {\"error\":{\"code\":190}} | WRONG",
                "facebook | 400 | {\"error\":{\"code\":4}} | SILENT"
            })
    void answerSaysOnlyWhatIsKnownOfIt(String type, int status, String body, Verdict verdict) {
        CredentialTrial trial = trial(DescribedProviders.of(type));

        assertThat(trial.read(OfflineKeycloak.answer(status, "application/json", body))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void noAnswerSaysNothing() {
        assertThat(trial(DescribedProviders.of("discord"))
                        .read(new Outcome.Failure(Outcome.Cause.CONNECTION))
                        .verdict())
                .isEqualTo(Verdict.SILENT);
    }

    /** What a provider writes may be about anybody. */
    @Test
    void onlyAnErrorCodeIsPassedOn() {
        CredentialTrial trial = trial(DescribedProviders.of("discord"));

        assertThat(trial.read(OfflineKeycloak.answer(400, "application/json", "{\"error\":\"invalid_grant\"}"))
                        .word())
                .contains("invalid_grant");
        assertThat(trial.read(OfflineKeycloak.answer(
                                400, "application/json", "{\"error\":\"nobody@example.org has no such code\"}"))
                        .word())
                .isEmpty();
    }

    /** The one has our secret, the other has nothing of it; neither has anything that somebody has issued. */
    @ParameterizedTest
    @CsvSource({"discord", "spotify", "github", "facebook", "wechat", "notion", "tiktok"})
    void counterQuestionIsTheSameWithASecretThatIsNotOurs(String type) {
        CredentialTrial trial = trial(DescribedProviders.of(type, type, Map.of("clientSecret", "our-very-own-secret")));

        Call question = trial.question();
        Call counter = trial.counterQuestion();

        assertThat(sent(question)).contains("our-very-own-secret");
        assertThat(sent(counter)).doesNotContain("our-very-own-secret");
        assertThat(counter.method()).isEqualTo(question.method());
        assertThat(counter.uri().getPath()).isEqualTo(question.uri().getPath());
        assertThat(sent(trial.counterQuestion())).as("invented anew").isNotEqualTo(sent(counter));
    }

    /** With what of it is encoded for a header. */
    private static String sent(Call call) {
        String authorization = call.headers().getOrDefault("Authorization", "");
        String basic = authorization.startsWith("Basic ")
                ? new String(
                        Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8)
                : authorization;
        return call.uri() + basic + (call.body() == null ? "" : call.body().content());
    }

    @Test
    void nothingIsAskedWithoutASecret() {
        assertThat(trial(DescribedProviders.of("discord", "d", Map.of("clientSecret", "")))
                        .isPossible())
                .isFalse();
    }

    private static CredentialTrial trial(ExchangeIdentityProvider provider) {
        return new CredentialTrial(new OfflineKeycloak(), provider, REDIRECT_URI);
    }
}
