package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Rehearsals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each reason for which a token is refused, once at each door, as a server answers it. Which tokens are refused for it is
 * shown without one, by the tests of the package {@code proof}.
 */
@ExtendWith(Rehearsals.class)
class ProofRefusalsIT {
    private static final List<String> DROP_IN = List.of("drf-social-oauth2", "dj-rest-auth", "supabase");

    private static OwnRealm realm;
    private static App app;
    private static Doors doors;
    private static String signedIn;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        app = App.of(realm, client -> client.withObject("/attributes")
                .put("social-exchange.doors", "login##" + String.join("##", DROP_IN)));
        doors = new Doors(realm);
        signedIn =
                app.plainRequest(app.provider("acme"), Suite.newPerson()).send().accessToken();
    }

    /** What is wrong, at which copy of which provider. */
    enum Wrong {
        PARAMETER_MISSING("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                request.type(TokenType.ID_TOKEN);
            }
        },
        PARAMETER_INVALID("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> {}).param("access_token", " ");
            }
        },
        TOKEN_TYPE_UNSUPPORTED("legacy") {
            @Override
            void fill(TokenRequest request, Person person) {
                request.subjectToken(Suite.providers().acme().idToken("acme-client", person))
                        .type(TokenType.ID_TOKEN);
            }
        },
        TOKEN_INVALID("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                String token = Suite.providers().acme().idToken("acme-client", person);
                request.subjectToken(token.substring(0, token.length() - 6) + "AAAAAA")
                        .type(TokenType.ID_TOKEN);
            }
        },
        TOKEN_EXPIRED("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("exp", now() - 60));
            }
        },
        TOKEN_TOO_OLD("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("iat", now() - 3700));
            }
        },
        ISSUER_MISMATCH("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("iss", "https://evil.example"));
            }
        },
        TOKEN_FOR_ANOTHER_APP("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                accessToken(request, "acme", Provider.FOREIGN_CLIENT, person);
            }
        },
        TOKEN_FOR_ANOTHER_AUDIENCE("partner") {
            @Override
            void fill(TokenRequest request, Person person) {
                String token = accessToken(request, "partner", "acme-client", person);
                ProviderEndpoint.profile("partner")
                        .fault(
                                Suite.providers(),
                                Fault.json(403, "{\"error\":\"insufficient_scope\"}")
                                        .forToken(token));
            }
        },
        TOKEN_KIND_MISMATCH("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("events", Map.of()));
            }
        },
        NONCE_MISSING("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("nonce", "of-the-sdk"));
            }
        },
        NONCE_MISMATCH("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("nonce", "of-the-sdk"))
                        .param("nonce", "another");
            }
        },
        NONCE_NOT_ISSUED("acme", "exchangeNonce", "issued") {
            @Override
            void fill(TokenRequest request, Person person) {
                idToken(request, person, claims -> claims.put("nonce", "made-up"))
                        .param("nonce", "made-up");
            }
        },
        HOSTED_DOMAIN_NOT_ALLOWED("google", "hostedDomain", "ours.example") {
            @Override
            void fill(TokenRequest request, Person person) {
                String client = ProviderTokens.of("google").clientId();
                request.subjectToken(Suite.providers().google().idToken(client, person))
                        .type(TokenType.ID_TOKEN);
            }
        },
        BINDING_UNAVAILABLE("legacy", "tokenIntrospectionUrl", "") {
            @Override
            void fill(TokenRequest request, Person person) {
                accessToken(request, "legacy", "acme-client", person);
            }
        },
        PROVIDER_UNAVAILABLE("acme") {
            @Override
            void fill(TokenRequest request, Person person) {
                String token = accessToken(request, "acme", "acme-client", person);
                ProviderEndpoint.profile("acme")
                        .fault(Suite.providers(), Fault.status(500).forToken(token));
            }
        };

        private final String like;
        private final String[] setting;

        Wrong(String like, String... setting) {
            this.like = like;
            this.setting = setting;
        }

        abstract void fill(TokenRequest request, Person person);

        String provider() {
            return app.provider(like, copy -> {
                if (setting.length == 2) {
                    copy.withObject("/config").put(setting[0], setting[1]);
                }
            });
        }

        int status() {
            return this == PROVIDER_UNAVAILABLE ? 503 : 400;
        }

        String error() {
            return this == PROVIDER_UNAVAILABLE ? "temporarily_unavailable" : "invalid_request";
        }

        String reason() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenEndpointRefuses(Wrong wrong) {
        String alias = wrong.provider();
        Person person = Suite.newPerson();
        TokenRequest request = realm.tokens().exchange(alias).as(app.clientId());
        wrong.fill(request, person);

        Answer answer = request.send();

        assertRefused(answer, wrong.status(), wrong.error(), wrong.reason());
        assertNothingCameOfIt(alias, person, wrong, "TOKEN_EXCHANGE_ERROR");
    }

    @ParameterizedTest
    @EnumSource
    void linkDoorRefuses(Wrong wrong) {
        String alias = wrong.provider();
        Person person = Suite.newPerson();
        TokenRequest request = doors.link(alias, signedIn);
        wrong.fill(request, person);

        Answer answer = request.send();

        assertRefused(answer, wrong.status(), wrong.error(), wrong.reason());
        assertNothingCameOfIt(alias, person, wrong, "FEDERATED_IDENTITY_LINK_ERROR");
    }

    @ParameterizedTest
    @EnumSource
    void loginDoorRefuses(Wrong wrong) {
        String alias = wrong.provider();
        Person person = Suite.newPerson();
        TokenRequest request = realm.tokens().exchange(alias).as(app.clientId());
        wrong.fill(request, person);

        Answer answer = doors.login(request).send();

        assertRefused(answer, wrong.status(), wrong.error(), wrong.reason());
        assertNothingCameOfIt(alias, person, wrong, "TOKEN_EXCHANGE_ERROR");
    }

    /** In each shape whose apps can send such a token. A blank parameter is none there. */
    @OlderKeycloakOnDemand
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PARAMETER_INVALID")
    void dropInDoorsRefuse(Wrong wrong) {
        String alias = wrong.provider();
        int sent = 0;
        for (String shape : DROP_IN) {
            Person person = Suite.newPerson();
            TokenRequest request = realm.tokens().exchange(alias).as(app.clientId());
            wrong.fill(request, person);
            Optional<RawRequest> asApp = doors.dropIn(shape, app.clientId(), request);
            if (asApp.isEmpty()) {
                continue;
            }

            Answer answer = asApp.get().send();

            assertThat(answer.status()).as(shape + answer.body()).isEqualTo(wrong.status());
            assertThat(answer.header("Social-Exchange-Reason")).as(shape).contains(wrong.reason());
            assertThat(answer.accessToken()).isEmpty();
            assertNothingCameOfIt(alias, person, wrong, "TOKEN_EXCHANGE_ERROR");
            sent++;
        }
        assertThat(sent).as("shapes that can send it").isPositive();
    }

    /** The same token a second time: of the first something came. */
    @Test
    void allRefuseATokenThatWasUsedBefore() {
        String alias = app.provider("acme");
        Person person = Suite.newPerson();
        String token = Suite.providers().acme().idToken("acme-client", person);
        assertThat(realm.tokens()
                        .exchange(alias)
                        .as(app.clientId())
                        .subjectToken(token)
                        .type(TokenType.ID_TOKEN)
                        .send()
                        .status())
                .isEqualTo(200);

        for (TokenRequest again :
                List.of(realm.tokens().exchange(alias).as(app.clientId()), doors.link(alias, signedIn))) {
            Answer answer = again.subjectToken(token).type(TokenType.ID_TOKEN).send();
            assertRefused(answer, 400, "invalid_request", "token_replayed");
        }
        assertRefused(
                doors.login(alias).as(app.clientId()).param("id_token", token).send(),
                400,
                "invalid_request",
                "token_replayed");
        assertThat(realm.linked(alias, person)).hasSize(1);
    }

    private static void assertNothingCameOfIt(String alias, Person person, Wrong wrong, String eventType) {
        assertThat(realm.linked(alias, person)).isEmpty();
        assertThat(realm.admin().usersByEmail(person.email())).isEmpty();
        String event = realm.admin()
                .events("type=" + eventType + "&max=1")
                .path(0)
                .path("details")
                .path("reason")
                .asText();
        assertThat(event).startsWith(wrong.reason());
    }

    private static TokenRequest idToken(TokenRequest request, Person person, Consumer<Map<String, Object>> claims) {
        return request.subjectToken(Suite.providers().acme().idToken("acme-client", person, claims))
                .type(TokenType.ID_TOKEN);
    }

    private static String accessToken(TokenRequest request, String like, String client, Person person) {
        String token = ProviderTokens.of(like).accessToken(client, person);
        request.subjectToken(token).type(TokenType.ACCESS_TOKEN);
        return token;
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
