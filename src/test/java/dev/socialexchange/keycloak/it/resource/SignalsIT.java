package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.SignalPost.RISC;
import static dev.socialexchange.keycloak.it.support.SignalPost.post;
import static dev.socialexchange.keycloak.it.support.SignalPost.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.HangingApp;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a provider says by itself takes effect in the realm, and nothing else does that comes to the same address. */
class SignalsIT {
    /** Of a deletion page: true of whoever is gone, was never here, or is kept. */
    private static final String NOTHING_WAITS = "nothing of it is waiting. If an account here was to be deleted";

    private static OwnRealm realm;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        alias = realm.provider("acme", Map.of("exchangeSignals", "enforce"));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String signal(Person person, String event, long happened) {
        return token(person, RISC + event, happened, claims -> {});
    }

    private static void taken(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    private static Answer refresh(Answer tokens) {
        return realm.tokens().refresh(tokens.refreshToken()).as(Suite.SPA).send();
    }

    private static JsonNode lastEvent() {
        return realm.admin().events("type=REVOKE_GRANT&max=1").path(0).path("details");
    }

    @Test
    void compromisedAccountSignsNobodyInUntilTheProviderSaysThatItIsInOrder() {
        Person person = Suite.newPerson();
        Answer tokens = realm.login(alias, person);

        taken(post(realm, alias, signal(person, "credential-compromise", now() - 30)));

        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
        assertThat(lastEvent().path("signal").asText()).isEqualTo("credentials-compromised");
        assertThat(lastEvent().path("outcome").asText())
                .contains("link_suspended")
                .contains("sessions_ended");
        OwnRealm.Traces before = realm.traces();
        Answer refused = realm.exchange(alias, person);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("interaction_required");
        assertThat(refused.errorReason()).isEqualTo("link_suspended");
        assertThat(realm.traces()).isEqualTo(before);

        taken(post(realm, alias, signal(person, "account-enabled", now() - 20)));

        realm.login(alias, person);
    }

    /** Keycloak's own door, which asks the identity provider who somebody is and knows nothing of suspended links. */
    @Test
    void suspendedLinkOpensNothingAtKeycloaksJwtAuthorizationGrant() {
        String granted =
                realm.provider("acme", Map.of("exchangeSignals", "enforce", "jwtAuthorizationGrantEnabled", "true"));
        realm.admin()
                .createClient(Map.of(
                        "clientId",
                        "service",
                        "secret",
                        "a secret",
                        "attributes",
                        Map.of(
                                "oauth2.jwt.authorization.grant.enabled",
                                "true",
                                "oauth2.jwt.authorization.grant.idp",
                                granted)));
        Person person = Suite.newPerson();
        realm.login(granted, person);
        assertThat(assertion(person, 0).status()).isEqualTo(200);

        taken(post(realm, granted, signal(person, "sessions-revoked", now() - 30)));
        assertThat(assertion(person, 60).text("error_description")).isEqualTo("token_invalid: revoked_by_provider");
        assertThat(assertion(person, 0).status()).isEqualTo(200);

        taken(post(realm, granted, signal(person, "credential-compromise", now() - 30)));
        OwnRealm.Traces before = realm.traces();
        Answer refused = assertion(person, 0);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
        assertThat(refused.text("error_description")).isEqualTo("link_suspended");
        assertThat(realm.admin()
                        .events("type=JWT_AUTHORIZATION_GRANT_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo("link_suspended");
        assertThat(realm.traces()).isEqualTo(before);
    }

    /** @param age in seconds */
    private static Answer assertion(Person person, int age) {
        String issuer = realm.server().url() + "/realms/" + realm.name();
        String assertion = Suite.providers().acme().idToken(issuer, person, claims -> {
            claims.put("iat", now() - age);
            claims.put("exp", now() + 100);
            claims.put("jti", Suite.unique("assertion"));
        });
        return realm.tokens()
                .grant("urn:ietf:params:oauth:grant-type:jwt-bearer")
                .as("service", "a secret")
                .param("assertion", assertion)
                .send();
    }

    /** Whoever writes links has not seen the person. */
    @Test
    void linkThatAnAdministratorWritesAgainStaysSuspended() {
        Person person = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        taken(post(realm, alias, signal(person, "credential-compromise", now() - 30)));
        String path = "/users/" + user + "/federated-identity/" + alias;

        realm.admin().delete(path);
        realm.admin()
                .post(path, Map.of("identityProvider", alias, "userId", person.id(), "userName", person.username()));

        realm.assertRefused(
                realm.exchange(alias, person),
                400,
                "interaction_required",
                "link_suspended",
                realm.traces(),
                List.of());
    }

    /** That is a proof: whoever has the suspended account alone is not signed in. */
    @Test
    void personWhoIsSignedInOtherwiseLinksTheAccountAgain() {
        String other = realm.provider("acme", Map.of());
        Person person = Suite.newPerson();
        Person same = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + other,
                        Map.of("identityProvider", other, "userId", same.id(), "userName", "same"));
        taken(post(realm, alias, signal(person, "credential-compromise", now() - 30)));
        String stolen = Suite.providers()
                .acme()
                .idToken(Suite.providers().acme().clientId(), person, claims -> claims.put("iat", now() - 60));
        Doors doors = new Doors(realm);
        String accessToken = realm.login(other, same).accessToken();

        Answer late = doors.link(alias, accessToken)
                .type(TokenType.ID_TOKEN)
                .subjectToken(stolen)
                .send();
        assertThat(late.errorReason()).as(late.body()).isEqualTo("token_invalid");
        assertThat(realm.exchange(alias, person).errorReason()).isEqualTo("link_suspended");
        Answer linked = Tokens.of(doors.link(alias, accessToken), Suite.providers(), "acme", person)
                .send();

        assertThat(linked.status()).as(linked.body()).isEqualTo(200);
        realm.login(alias, person);
    }

    /** Whatever age of a login the provider's settings ask for. */
    @Test
    void whatWasGotBeforeTheSuspensionOrOfNobodyKnowsWhenLinksTheAccountToNobody() {
        String open = realm.provider("acme", Map.of("exchangeSignals", "enforce", "exchangeLinkMaxAuthAge", "0"));
        String other = realm.provider("acme", Map.of());
        Person person = Suite.newPerson();
        Person same = Suite.newPerson();
        String user = realm.user(realm.login(open, person)).path("id").asText();
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + other,
                        Map.of("identityProvider", other, "userId", same.id(), "userName", "same"));
        String alone = realm.request(open, person)
                .requested(TokenType.ACCESS_TOKEN)
                .send()
                .accessToken();
        String before = realm.login(other, same).accessToken();
        taken(post(realm, open, signal(person, "credential-compromise", now())));

        for (String accessToken : List.of(alone, before)) {
            Answer refused = Tokens.of(new Doors(realm).link(open, accessToken), Suite.providers(), "acme", person)
                    .send();
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("interaction_required");
            assertThat(refused.errorReason()).isEqualTo("link_suspended");
            assertThat(realm.admin()
                            .events("type=FEDERATED_IDENTITY_LINK_ERROR&max=1")
                            .path(0)
                            .path("details")
                            .path("reason")
                            .asText())
                    .isEqualTo("link_suspended");
        }
        assertThat(realm.exchange(open, person).errorReason()).isEqualTo("link_suspended");
    }

    /** The person was faster than the provider. */
    @Test
    void sessionsThatAnAccountHasOpenedEndAlthoughItsLinkIsGone() {
        Person person = Suite.newPerson();
        Person another = Suite.newPerson();
        Answer tokens = realm.login(alias, person);
        Answer offline =
                realm.request(alias, person).scope("openid offline_access").send();
        String user = realm.user(tokens).path("id").asText();
        String path = "/users/" + user + "/federated-identity/" + alias;
        realm.admin().delete(path);
        realm.admin().post(path, Map.of("identityProvider", alias, "userId", another.id(), "userName", "another"));
        Answer byAnother = realm.login(alias, another);

        taken(post(realm, alias, signal(person, "credential-compromise", now())));

        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
        assertThat(refresh(offline).error()).isEqualTo("invalid_grant");
        assertThat(lastEvent().path("outcome").asText()).isEqualTo("sessions_ended");
        assertThat(refresh(byAnother).status()).isEqualTo(200);
        realm.login(alias, another);
    }

    /** The session is older than what is said, and goes on in a further login. */
    @Test
    void sessionOfTheAccountThatIsLinkedNowGoesOnInTheBrowserWhateverIsSaidOfTheFormerOne() {
        Person former = Suite.newPerson();
        Person linked = Suite.newPerson();
        Answer tokens = realm.login(alias, former);
        String user = realm.user(tokens).path("id").asText();
        String path = "/users/" + user + "/federated-identity/" + alias;
        realm.admin().delete(path);
        realm.admin().post(path, Map.of("identityProvider", alias, "userId", linked.id(), "userName", "linked"));
        BrowserLogin browser =
                new BrowserLogin(realm.tokens(), Suite.providers().url());
        Answer first = browser.signIn(Suite.SPA, alias, linked.id());
        assertThat(first.claims().path("sub").asText()).as(first.body()).isEqualTo(user);

        taken(post(realm, alias, signal(former, "credential-compromise", now())));
        Answer second = browser.signIn(Suite.SPA, alias, linked.id());

        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.claims().path("sid")).isEqualTo(first.claims().path("sid"));
        assertThat(refresh(first).status()).isEqualTo(200);
    }

    /** What was suspended is gone with the account, and nobody but an administrator would ever resume it. */
    @Test
    void whoseAccountWasDeletedLinksOthersByTheOneThatTookItsPlace() {
        String other = realm.provider("acme", Map.of());
        Person deleted = Suite.newPerson();
        Person linked = Suite.newPerson();
        Person elsewhere = Suite.newPerson();
        String user = realm.user(realm.login(alias, deleted)).path("id").asText();
        String path = "/users/" + user + "/federated-identity/" + alias;
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "a good one"));
        taken(post(realm, alias, signal(deleted, "account-purged", now())));
        assertThat(realm.link(user, alias)).isEmpty();
        realm.admin().post(path, Map.of("identityProvider", alias, "userId", linked.id(), "userName", "linked"));

        String accessToken = realm.login(alias, linked).accessToken();
        Answer made = Tokens.of(new Doors(realm).link(other, accessToken), Suite.providers(), "acme", elsewhere)
                .send();

        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(realm.link(user, other)).isPresent();

        realm.admin().delete(path);
        RealmAdmin admin = RealmAdmin.of(realm, "manage-users");
        String resume = "signals/users/" + user + "/links/" + alias + "/resume";
        assertThat(admin.request(resume).send().status()).isEqualTo(204);
        assertThat(admin.request(resume).send().status())
                .as("nothing is suspended any more, or linked")
                .isEqualTo(404);
    }

    /** Whoever has taken over an account reads its mail, maybe, and proves the address elsewhere. */
    @Test
    void addressOfSomebodyWhoseLinkIsSuspendedOpensTheirAccountToNoOtherProviderEither() {
        String other = realm.providerWithFirstFlow("acme", "social exchange first login");
        Person person = Suite.newPerson();
        Person elsewhere = Suite.providers()
                .people()
                .add(Person.unknown("Zoë")
                        .withUsername(Suite.unique("elsewhere"))
                        .withEmail(person.email(), true));
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        assertThat(realm.admin().user(user).path("emailVerified").asBoolean()).isTrue();
        taken(post(realm, alias, signal(person, "credential-compromise", now() - 30)));

        realm.assertAsksForInteraction(other, elsewhere, "account_exists");

        taken(post(realm, alias, signal(person, "account-enabled", now() - 20)));
        assertThat(realm.login(other, elsewhere).claims().path("sub").asText()).isEqualTo(user);
    }

    /** What the app says about it, and when, is its own matter. */
    @Test
    void appThatDoesNotAnswerKeepsNoSessionAliveAndNobodyWaiting() throws InterruptedException {
        try (HangingApp hanging = new HangingApp()) {
            App app = hanging.in(realm);
            String opened =
                    app.provider("acme", copy -> copy.withObject("/config").put("exchangeSignals", "enforce"));
            Person person = Suite.newPerson();
            Answer tokens = app.plainRequest(opened, person).send();
            assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
            long start = System.nanoTime();

            taken(post(realm, opened, signal(person, "credential-compromise", now())));

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("Keycloak waits 5 s for an app")
                    .isLessThan(Duration.ofSeconds(4));
            assertThat(realm.tokens()
                            .refresh(tokens.refreshToken())
                            .as(app.clientId())
                            .send()
                            .error())
                    .isEqualTo("invalid_grant");
            assertThat(hanging.told()).hasValueSatisfying(logout -> {
                assertThat(logout.path("sid")).isEqualTo(tokens.claims().path("sid"));
                assertThat(logout.path("sub")).isEqualTo(tokens.claims().path("sub"));
                assertThat(logout.path("iss")).isEqualTo(tokens.claims().path("iss"));
            });
        }
    }

    /** Transmitters do not keep the order. */
    @Test
    void olderSignalDoesNotUndoANewerOne() {
        Person person = Suite.newPerson();
        realm.login(alias, person);

        taken(post(realm, alias, signal(person, "account-enabled", now() - 10)));
        taken(post(realm, alias, signal(person, "account-disabled", now() - 60)));

        assertThat(lastEvent().path("outcome").asText()).contains("outdated");
        realm.login(alias, person);
    }

    @Test
    void tokenThatWasIssuedBeforeTheSignalOpensNothingAnyMore() {
        Person person = Suite.newPerson();
        realm.login(alias, person);
        String stolen = Suite.providers()
                .acme()
                .idToken(Suite.providers().acme().clientId(), person, claims -> {
                    claims.put("iat", now() - 60);
                });

        taken(post(realm, alias, signal(person, "sessions-revoked", now() - 30)));

        Answer refused =
                realm.request(Suite.SPA, alias, TokenType.ID_TOKEN, stolen).send();
        assertThat(refused.errorReason()).as(refused.body()).isEqualTo("token_invalid");
        realm.login(alias, person);
    }

    /** As transmitters do whose memory is longer than ours. */
    @Test
    void whatIsToldAgainLaterLeavesSessionsThatHaveBegunSince() throws InterruptedException {
        Person person = Suite.newPerson();
        Answer old = realm.login(alias, person);
        long happened = now();

        taken(post(realm, alias, signal(person, "sessions-revoked", happened)));
        assertThat(refresh(old).error()).isEqualTo("invalid_grant");
        while (now() <= happened) {
            Thread.sleep(50);
        }
        Answer young = realm.login(alias, person);
        taken(post(realm, alias, signal(person, "sessions-revoked", happened)));

        assertThat(refresh(young).status()).isEqualTo(200);
    }

    /** A session is as old as what it came of. */
    @Test
    void sessionOfATokenFromBeforeTheSignalEndsAlthoughItHasBegunAfter() {
        Person person = Suite.newPerson();
        String issuedBefore = Suite.providers()
                .acme()
                .idToken(Suite.providers().acme().clientId(), person, claims -> claims.put("iat", now() - 60));
        Answer tokens = realm.request(Suite.SPA, alias, TokenType.ID_TOKEN, issuedBefore)
                .send();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);

        taken(post(realm, alias, signal(person, "sessions-revoked", now() - 30)));

        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");
    }

    @Test
    void signalAboutOneOfTwoLinksEndsOnlyWhatCameThroughIt() {
        Person person = Suite.newPerson();
        Person same = Suite.newPerson();
        String other = realm.provider("acme", Map.of("exchangeSignals", "enforce"));
        Answer through = realm.login(alias, person);
        String user = realm.user(through).path("id").asText();
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + other,
                        Map.of("identityProvider", other, "userId", same.id(), "userName", "same"));
        Answer throughOther = realm.login(other, same);

        taken(post(realm, alias, signal(same, "sessions-revoked", now()))); // known, but not under this alias
        assertThat(refresh(through).status()).isEqualTo(200);
        taken(post(realm, alias, signal(person, "sessions-revoked", now())));

        assertThat(refresh(through).error()).isEqualTo("invalid_grant");
        assertThat(refresh(throughOther).status()).isEqualTo(200);
    }

    @Test
    void answerTellsNobodyWhoIsKnownHere() {
        Person known = Suite.newPerson();
        realm.login(alias, known);
        String told = signal(known, "sessions-revoked", now() - 30);

        Answer first = post(realm, alias, told);
        Answer again = post(realm, alias, told);
        Answer stranger = post(realm, alias, signal(Suite.newPerson(), "sessions-revoked", now() - 30));

        for (Answer answer : new Answer[] {first, again, stranger}) {
            taken(answer);
            assertThat(answer.headers().map().keySet())
                    .isEqualTo(first.headers().map().keySet());
        }
    }

    @Test
    void whatIsNoSignalForUsIsRefusedAsTransmittersExpect() {
        Person person = Suite.newPerson();
        Answer tokens = realm.login(alias, person);
        String idToken =
                Suite.providers().acme().idToken(Suite.providers().acme().clientId(), person);
        String foreign = token(person, RISC + "sessions-revoked", now(), claims -> claims.put("aud", "another"));
        String signal = signal(person, "sessions-revoked", now());

        refused(post(realm, alias, idToken), "invalid_request");
        refused(post(realm, alias, foreign), "invalid_audience");
        refused(post(realm, alias, signal.substring(0, signal.length() - 8)), "authentication_failed");
        refused(post(realm, alias, "x".repeat(70_000)), "invalid_request");
        assertThat(post(realm, "nobody", signal).status()).isEqualTo(404);
        assertThat(post(realm, realm.provider("acme", Map.of()), signal).status())
                .isEqualTo(404);
        Answer asToken =
                realm.request(Suite.SPA, alias, TokenType.ID_TOKEN, signal).send();
        assertThat(asToken.errorReason()).isEqualTo("token_kind_mismatch");
        assertThat(refresh(tokens).status()).isEqualTo(200);
    }

    private static void refused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("err")).isEqualTo(error);
        assertThat(answer.header("Content-Language")).contains("en");
    }

    @Test
    void auditRecordsAndDoesNothing() {
        String audited = realm.provider("acme", Map.of("exchangeSignals", "audit"));
        Person person = Suite.newPerson();
        Answer tokens = realm.login(audited, person);

        taken(SignalPost.to(realm, audited) // which has one address only
                .body("application/secevent+jwt", signal(person, "credential-compromise", now()))
                .send());

        assertThat(lastEvent().path("outcome").asText()).isEqualTo("audited");
        assertThat(refresh(tokens).status()).isEqualTo(200);
    }

    @Test
    void administratorIsRecordedAndLeftToOtherAdministrators() {
        Person person = Suite.newPerson();
        Answer tokens = realm.login(alias, person);
        String management = realm.admin().clientUuid("realm-management");
        String user = realm.user(tokens).path("id").asText();
        realm.admin()
                .post(
                        "/users/" + user + "/role-mappings/clients/" + management,
                        realm.admin().get("/users/" + user + "/role-mappings/clients/" + management + "/available"));

        taken(post(realm, alias, signal(person, "account-purged", now())));

        assertThat(lastEvent().path("outcome").asText()).isEqualTo("protected");
        assertThat(realm.link(user, alias)).isPresent();
        assertThat(refresh(tokens).status()).isEqualTo(200);
    }

    /** The policy is the administrator's; the last way in stays. */
    @Test
    void deletedAccountIsUnlinkedUnlessNothingElseOpensTheUsers() {
        Person person = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();

        taken(post(realm, alias, signal(person, "account-purged", now() - 9)));
        assertThat(lastEvent().path("outcome").asText()).contains("link_kept_as_last_way_in");
        assertThat(realm.link(user, alias)).isPresent();

        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "a good one"));
        taken(post(realm, alias, signal(person, "account-purged", now() - 5)));
        assertThat(lastEvent().path("outcome").asText()).contains("link_removed");
        assertThat(realm.link(user, alias)).isEmpty();
    }

    @Test
    void requestToBeForgottenWaitsForAnAdministratorAndItsPageSaysWhatHasBecomeOfIt() {
        String facebook = realm.provider("facebook", Map.of("exchangeSignals", "enforce"));
        Person person = Suite.newPerson();
        Answer tokens = realm.exchange(facebook, person);
        String user = realm.user(tokens).path("id").asText();
        String id = Suite.providers()
                .facebook()
                .subject(Suite.providers().facebook().clientId(), person);

        Answer answer = deletion(facebook, id);
        Answer again = deletion(facebook, id);
        Answer stranger = deletion(facebook, "4711");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String code = answer.text("confirmation_code");
        assertThat(code).matches("[0-9a-f]{64}");
        assertThat(again.text("confirmation_code")).isEqualTo(code);
        assertThat(answer.text("url"))
                .isEqualTo(realm.server().url() + "/realms/" + realm.name() + "/social-exchange/deletion/" + code);
        assertThat(stranger.text("confirmation_code")).matches("[0-9a-f]{64}").isNotEqualTo(code);
        assertThat(page(answer)).contains("is being looked at");
        assertThat(page(stranger)).contains(NOTHING_WAITS);
        assertThat(refresh(tokens).error()).isEqualTo("invalid_grant");

        RealmAdmin admin = RealmAdmin.of(realm, "manage-users", "view-identity-providers");
        Answer waiting = admin.request("signals/deletions").method("GET").send();
        assertThat(waiting.json().findValuesAsText("user_id"))
                .as(waiting.body())
                .contains(user);
        new OpenApi(Path.of("docs/openapi-admin.yaml"))
                .meets("/signals/deletions", "get", waiting.status(), "application/json", waiting.body());
        assertThat(approvedByThreeAtOnce(admin, code))
                .as("one of them decides, and the others hear that it is decided, or to come later")
                .containsOnlyOnce(204)
                .isSubsetOf(204, 404, 503);
        assertThat(page(answer)).contains(NOTHING_WAITS);
        assertThat(realm.admin().usersByLink(facebook, id)).isEmpty();
        assertThat(admin.request("signals/deletions/" + code + "/approve")
                        .send()
                        .status())
                .isEqualTo(404);
    }

    private static List<Integer> approvedByThreeAtOnce(RealmAdmin admin, String code) {
        return Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> admin.request("signals/deletions/" + code + "/approve")
                                .send()
                                .status()))
                .limit(3)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    @Test
    void refusedRequestToBeForgottenTellsTheReasonAndNothingElse() {
        String facebook = realm.provider("facebook", Map.of("exchangeSignals", "enforce"));
        Person person = Suite.newPerson();
        realm.exchange(facebook, person);
        String id = Suite.providers()
                .facebook()
                .subject(Suite.providers().facebook().clientId(), person);
        long requested = now();
        Answer answer = deletion(facebook, id, requested);
        RealmAdmin admin = RealmAdmin.of(realm, "manage-users");

        Answer rejected = admin.request("signals/deletions/" + answer.text("confirmation_code") + "/reject")
                .form("reason", "open orders <script>alert(1)</script>")
                .send();

        assertThat(rejected.status()).isEqualTo(204);
        assertThat(page(answer)).contains("open orders").doesNotContain("<script>alert(1)");
        deletion(facebook, id, requested);
        assertThat(page(answer)).as("told again").contains("open orders");
        Answer again = deletion(facebook, id, requested + 1);
        assertThat(again.text("confirmation_code")).isEqualTo(answer.text("confirmation_code"));
        assertThat(page(answer)).contains("is being looked at").doesNotContain("open orders");
        assertThat(RealmAdmin.of(realm, "view-identity-providers")
                        .request("signals/deletions")
                        .method("GET")
                        .send()
                        .status())
                .isEqualTo(403);
        assertThat(new Visitor()
                        .get(answer.text("url").replaceFirst("[0-9a-f]{64}$", "0".repeat(64)))
                        .statusCode())
                .isEqualTo(404);
    }

    /** Nobody hears that somebody is gone who is not, nor who is here. */
    @Test
    void pageOfARequestThatNothingFollowsFromSaysWhatIsTrueOfEverybody() {
        String audited = realm.provider("facebook", Map.of("exchangeSignals", "audit"));
        Person person = Suite.newPerson();
        Answer tokens = realm.exchange(audited, person);
        String id = Suite.providers()
                .facebook()
                .subject(Suite.providers().facebook().clientId(), person);

        String kept = page(deletion(audited, id));

        assertThat(kept).contains(NOTHING_WAITS, "If you can still sign in here, your account is still there");
        assertThat(withoutAddress(kept)).isEqualTo(withoutAddress(page(deletion(audited, "4711"))));
        assertThat(refresh(tokens).status()).isEqualTo(200);
    }

    private static String withoutAddress(String page) {
        return page.replaceAll("[0-9a-f]{64}", "CODE")
                .replaceAll("nonce=\"[^\"]*\"|tab_id=[^\"&]*|execution=[^\"&]*", "");
    }

    private static Answer deletion(String facebook, String id) {
        return deletion(facebook, id, now());
    }

    private static Answer deletion(String facebook, String id, long requested) {
        return SignalPost.to(realm, facebook + "/data-deletion")
                .form("signed_request", SignalPost.signedRequest(Tokens.secret("facebook"), id, requested))
                .send();
    }

    private static String page(Answer deletion) {
        HttpResponse<String> page = new Visitor().get(deletion.text("url"));
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        return page.body();
    }

    @Test
    void administratorSeesWhereProvidersMaySayWhat() {
        Answer answer = RealmAdmin.of(realm, "view-identity-providers")
                .request("signals")
                .method("GET")
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode listed = null;
        for (JsonNode one : answer.json()) {
            if (alias.equals(one.path("alias").asText())) {
                listed = one;
            }
        }
        assertThat(listed).isNotNull();
        assertThat(listed.path("mode").asText()).isEqualTo("enforce");
        assertThat(listed.path("addresses").path("shared-signals").asText())
                .isEqualTo(realm.server().url() + "/realms/" + realm.name() + "/social-exchange/signals/" + alias
                        + "/shared-signals");
        assertThat(listed.path("actions").path("account-disabled").asText()).isEqualTo("suspend-link");
    }
}
