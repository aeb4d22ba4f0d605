package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.resource.DoctorPageResource;
import dev.socialexchange.keycloak.resource.DropInResource;
import dev.socialexchange.keycloak.resource.SocialExchangeResource;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} describes the running server: every operation, every answer, and nothing else. */
class OpenApiIT {
    private static final Set<String> OF_SIGNALS = Set.of("signals/{alias}", "deletion", "suspended");
    private static final String TOKENS = "/protocol/openid-connect/token";
    private static final String DOORS = "/social-exchange";
    private static final String PROVIDERS = DOORS + "/providers";
    private static final String NONCE = DOORS + "/nonce";
    private static final String LINKS = DOORS + "/links/{alias}";
    private static final String LOGIN = DOORS + "/login/{alias}";
    private static final Set<Class<?>> OTHERS = Set.of(DoctorPageResource.class, DropInResource.class);
    private static final String INTERACTION = DOORS + "/interaction/{id}";
    private static final String UNLINK = DOORS + "/unlink/{token}";

    /** They take a flood from one address, or a server in trouble, which {@code FailingMachineryIT} and {@code NodeFaultsIT} have. */
    private static final List<String> ELSEWHERE = List.of(
            "get /social-exchange/interaction/{id} 403",
            "get /social-exchange/interaction/{id} 429",
            "get /social-exchange/interaction/{id} 503",
            "get /social-exchange/providers 429",
            "get /social-exchange/providers 503",
            "get /social-exchange/unlink/{token} 403",
            "get /social-exchange/unlink/{token} 429",
            "get /social-exchange/unlink/{token} 503",
            "post /social-exchange/interaction/{id} 403",
            "post /social-exchange/interaction/{id} 429",
            "post /social-exchange/interaction/{id} 503",
            "post /social-exchange/nonce 429",
            "post /social-exchange/nonce 503",
            "post /social-exchange/unlink/{token} 403",
            "post /social-exchange/unlink/{token} 429",
            "post /social-exchange/unlink/{token} 503");

    private final OpenApi openApi = new OpenApi(java.nio.file.Path.of("docs/openapi.yaml"));
    private final OwnRealm realm = OwnRealm.create();
    private final Doors doors = new Doors(realm);
    private final App app = App.of(realm);

    @Test
    void describesEveryAnswer() {
        Stream.of("providers?client_id=", "nonce", "links/acme", "login/acme").forEach(this::preflight);
        meets(PROVIDERS, "get", doors.providers(app.clientId()));
        app.provider("acme");
        meets(PROVIDERS, "get", doors.providers(app.clientId()));
        meets(PROVIDERS, "get", doors.providers("nobody"));
        meets(NONCE, "post", doors.nonce(app.clientId()).send());
        meets(NONCE, "post", doors.nonce("nobody").send());
        exchange();
        login();
        links();
        interaction();
        unlink();
        realm.admin().updateRealm(settings -> settings.put("enabled", false));
        meets(PROVIDERS, "get", doors.providers(app.clientId()));
        meets(NONCE, "post", doors.nonce(app.clientId()).send());

        assertThat(openApi.unmet()).as("described, and not seen here").containsExactlyElementsOf(ELSEWHERE);
        assertThat(openApi.unmetMembers()).as("described, and in no answer").isEmpty();
    }

    /**
     * The doctor's page is for browsers: {@code DoctorPageFilesIT} has its answers. What stands in for other back ends is described by those,
     * and in {@code docs/drop-in.md}. Providers' signals are for providers: {@code SignalsIT}.
     */
    @Test
    void describesEveryOperation() {
        Set<String> operations = new TreeSet<>(Set.of("post " + TOKENS));
        for (Method locator : SocialExchangeResource.class.getDeclaredMethods()) {
            if (locator.isAnnotationPresent(Path.class)
                    && !OTHERS.contains(locator.getReturnType())
                    && !OF_SIGNALS.contains(locator.getAnnotation(Path.class).value())) {
                String path = DOORS + "/" + locator.getAnnotation(Path.class).value();
                Arrays.stream(locator.getReturnType().getMethods())
                        .flatMap(method -> operations(path, method))
                        .forEach(operations::add);
            }
        }

        assertThat(openApi.operations()).isEqualTo(operations);
    }

    private static Stream<String> operations(String path, Method method) {
        String whole = method.isAnnotationPresent(Path.class)
                ? path + "/" + method.getAnnotation(Path.class).value()
                : path;
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                .map(annotation ->
                        annotation.getAnnotation(HttpMethod.class).value().toLowerCase(Locale.ROOT) + " " + whole);
    }

    /** A success for each requested_token_type, and a refusal for each status. */
    private void exchange() {
        String alias = app.provider("acme");
        tokens("SessionTokens", app.plainRequest(alias, Suite.newPerson()));
        tokens("SessionTokens", app.plainRequest(alias, Suite.newPerson()).requested(TokenType.REFRESH_TOKEN));
        tokens("TransientTokens", app.plainRequest(alias, Suite.newPerson()).requested(TokenType.ACCESS_TOKEN));
        tokens("TransientIdToken", app.plainRequest(alias, Suite.newPerson()).requested(TokenType.ID_TOKEN));
        Answer person = app.request(alias, Suite.newPerson().withoutEmail()).send();
        assertThat(person.text("interaction_uri")).isNotEmpty();
        meets(TOKENS, "post", person);
        meets(
                TOKENS,
                "post",
                App.of(realm).plainRequest(alias, Suite.newPerson()).send());
        App confidential =
                App.of(realm, client -> client.put("publicClient", false).put("secret", "s3cret"));
        meets(
                TOKENS,
                "post",
                confidential.plainRequest(alias, Suite.newPerson()).send());
        App failing = App.of(realm);
        TokenRequest invented = realm.request(
                failing.clientId(),
                failing.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "1")),
                TokenType.ID_TOKEN,
                "invented");
        invented.send();
        meets(TOKENS, "post", invented.send());
        String token = Suite.providers()
                .facebook()
                .accessToken(Suite.providers().facebook().clientId(), Suite.newPerson());
        Suite.providers()
                .fault("graph.facebook.com", "/debug_token", Fault.status(503).forToken(token));
        meets(
                TOKENS,
                "post",
                realm.request(app.clientId(), app.provider("facebook"), TokenType.ACCESS_TOKEN, token)
                        .send());
    }

    private void tokens(String schema, TokenRequest request) {
        Answer answer = request.send();
        meets(TOKENS, "post", answer);
        openApi.is(schema, answer.json());
    }

    private void login() {
        App knocking = App.of(realm, client -> client.withObject("/attributes").put("social-exchange.doors", "login"));
        String alias = knocking.provider("acme");
        Person person = Suite.newPerson();
        meets(LOGIN, "post", login(knocking, alias, person).send());
        meets(
                LOGIN,
                "post",
                login(knocking, alias, Suite.newPerson().withoutEmail()).send());
        meets(
                LOGIN,
                "post",
                doors.login(alias).as("nobody").param("id_token", "a.b.c").send());
        meets(LOGIN, "post", login(app, app.provider("acme"), person).send());
        TokenRequest lost = doors.login(alias)
                .as(knocking.clientId())
                .param("access_token", Suite.providers().acme().accessToken("acme-client", person));
        String token = lost.parameters().get(1).getValue();
        ProviderEndpoint.profile("acme")
                .fault(Suite.providers(), Fault.status(500).forToken(token));
        meets(LOGIN, "post", lost.send());
        String throttling =
                knocking.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "1"));
        TokenRequest invented = doors.login(throttling).as(knocking.clientId()).param("access_token", "invented");
        invented.send();
        meets(LOGIN, "post", invented.send());
    }

    private TokenRequest login(App client, String alias, Person person) {
        return client.continuable(doors.login(alias)
                .as(client.clientId())
                .param("id_token", Suite.providers().acme().idToken("acme-client", person)));
    }

    private void links() {
        String alias = app.provider("facebook");
        String own =
                app.plainRequest(app.provider("acme"), Suite.newPerson()).send().accessToken();
        Person person = Suite.newPerson();
        meets(LINKS, "post", link(alias, own, person).send());
        meets(LINKS, "post", link(alias, own, person).send());
        meets(LINKS, "post", link(alias, own, Suite.newPerson()).send()); // another account of the same provider
        meets(LINKS, "post", link(alias, "no.jwt.atall", person).send());
        meets(LINKS, "post", doors.link(alias, own).send());
        meets(
                LINKS,
                "post",
                link(App.of(realm).provider("facebook"), own, person).send());
        TokenRequest lost = link(alias, own, Suite.newPerson());
        String token = lost.parameters().stream()
                .filter(parameter -> parameter.getKey().equals("subject_token"))
                .findFirst()
                .orElseThrow()
                .getValue();
        Suite.providers()
                .fault("graph.facebook.com", "/debug_token", Fault.status(503).forToken(token));
        Answer unavailable = lost.send();
        assertThat(unavailable.header("Retry-After")).isPresent();
        meets(LINKS, "post", unavailable);
        throttled(own);
    }

    /** One failure a minute is told its reason. */
    private void throttled(String own) {
        String alias =
                app.provider("facebook", copy -> copy.withObject("/config").put("exchangeThrottle", "1"));
        invented(alias, own).send();
        Answer throttled = invented(alias, own).send();
        assertThat(throttled.header("Retry-After")).isPresent();
        meets(LINKS, "post", throttled);
    }

    private TokenRequest invented(String alias, String own) {
        return doors.link(alias, own).type(TokenType.ACCESS_TOKEN).subjectToken("invented");
    }

    private void interaction() {
        String link = app.link(app.provider("acme"), Suite.newPerson().withoutEmail(), "profile_incomplete");
        String unknown = doors.uri("interaction/" + "A".repeat(43)).toString();
        Visitor visitor = new Visitor();
        HttpResponse<String> page = visitor.get(link);
        meets(INTERACTION, "get", page);
        meets(INTERACTION, "get", visitor.get(unknown));
        meets(INTERACTION, "post", visitor.post(link, Map.of("token", "another")));
        meets(INTERACTION, "post", visitor.post(link, Visitor.form(page)));
        meets(INTERACTION, "post", visitor.post(unknown, Map.of()));
        String other = app.link(app.provider("acme"), Suite.newPerson().withoutEmail(), "profile_incomplete");
        Map<String, String> cancelling = new HashMap<>(Visitor.form(visitor.get(other)));
        cancelling.put("cancel", "");
        meets(INTERACTION, "post", visitor.post(other, cancelling));
    }

    private void unlink() {
        try (Mailbox mailbox = Mailbox.open()) {
            realm.admin().updateRealm(settings -> settings.putPOJO("smtpServer", mailbox.settings()));
            Person person = Suite.newPerson();
            realm.user(Suite.unique("owner"), person.email(), user -> {});
            app.login(
                    app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", "social exchange first login")),
                    person);
            String link = Mailbox.link(mailbox.next(person.email()));
            meets(UNLINK, "get", new Visitor().get(link));
            meets(UNLINK, "post", new Visitor().post(link, Map.of()));
            meets(UNLINK, "get", new Visitor().get(link));
            meets(UNLINK, "post", new Visitor().post(link, Map.of()));
        }
    }

    private void preflight(String path) {
        Answer answer = RawRequest.to(doors.uri(path))
                .method("OPTIONS")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Headers", "authorization")
                .send();
        assertThat(answer.header("Access-Control-Allow-Headers").orElse("")).contains("Authorization");
        meets(
                path.startsWith("links")
                        ? LINKS
                        : path.startsWith("login") ? LOGIN : DOORS + "/" + path.split("\\?")[0],
                "options",
                answer);
    }

    private TokenRequest link(String alias, String accessToken, Person person) {
        return Tokens.of(doors.link(alias, accessToken), Suite.providers(), "facebook", person);
    }

    /** Every refusal names its page, since this server's operator has said where the pages are. */
    private void meets(String path, String method, Answer answer) {
        if (!answer.errorReason().isEmpty()) {
            assertThat(answer.text("error_uri")).isEqualTo(Suite.ERROR_PAGES + "/" + answer.errorReason());
        }
        openApi.meets(
                path, method, answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }

    private void meets(String path, String method, HttpResponse<String> answer) {
        openApi.meets(
                path,
                method,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.statusCode() / 100 == 3 ? "" : answer.body());
    }
}
