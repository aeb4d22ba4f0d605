package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.DoctorResource;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi-admin.yaml} describes the running server: every operation, every answer with all its members, and nothing else. */
class AdminOpenApiIT {
    private static final String DRY_RUN = "/providers/{alias}/dry-run";
    private static final String SIGN_IN = "/providers/{alias}/sign-in";
    private static final String CHECK = "/providers/{alias}/check";

    private final OpenApi openApi = new OpenApi(java.nio.file.Path.of("docs/openapi-admin.yaml"));
    private final OwnRealm realm = OwnRealm.create();
    private final App app = App.of(realm);
    private final RealmAdmin stranger = new RealmAdmin(realm, "of.no.body");
    private final RealmAdmin nobody = RealmAdmin.of(realm);
    private final RealmAdmin looks = RealmAdmin.of(realm, "view-identity-providers");
    private final RealmAdmin manages =
            RealmAdmin.of(realm, "view-identity-providers", "manage-identity-providers", "view-users");

    @Test
    void describesEveryAnswer() {
        looking("/", "");
        dryRun();
        check();
        signIn();
        exchanges();
        looking("/providers", "providers");
        looking("/egress", "egress");
        meets("/egress", "get", get(looks, "egress", "application/yaml"));
        meets("/egress", "get", get(looks, "egress", "text/plain"));

        signals();
        imports();
        transfers();

        assertThat(openApi.unmet())
                .as(
                        "described, and not seen here; SignalsIT has requests to be forgotten, and several who decide at once")
                .containsExactlyInAnyOrder(
                        "post /signals/deletions/{code}/approve 204",
                        "post /signals/deletions/{code}/approve 503",
                        "post /signals/deletions/{code}/reject 204",
                        "post /signals/deletions/{code}/reject 503",
                        "post /signals/users/{user}/links/{alias}/resume 503");
        assertThat(openApi.unmetMembers())
                .as(
                        "described, and in no answer; DriftWatchIT has a server with a drift watch, ImportRunTest people who cannot be removed, and the next 200 people are many")
                .containsExactly("ImportUndone.findings", "ImportUndone.next", "Listed.last_drift_check");
    }

    @Test
    void describesEveryOperation() {
        assertThat(openApi.operations())
                .isEqualTo(operations(DoctorResource.class, "/").collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Of a resource and of those that it leads to. */
    private static Stream<String> operations(Class<?> resource, String base) {
        return Arrays.stream(resource.getMethods()).flatMap(method -> {
            String path = Optional.ofNullable(method.getAnnotation(Path.class))
                    .map(own -> base + (base.endsWith("/") ? "" : "/") + own.value())
                    .orElse(base);
            return isLocator(method) ? operations(method.getReturnType(), path) : operations(method, path);
        });
    }

    private static boolean isLocator(Method method) {
        return method.isAnnotationPresent(Path.class)
                && Arrays.stream(method.getAnnotations())
                        .noneMatch(one -> one.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static Stream<String> operations(Method method, String path) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                .map(annotation ->
                        annotation.getAnnotation(HttpMethod.class).value().toLowerCase(Locale.ROOT) + " " + path);
    }

    /** @param path as it is sent */
    private void looking(String described, String path) {
        for (RealmAdmin admin : List.of(looks, nobody, stranger)) {
            meets(described, "get", get(admin, path, "application/json"));
        }
    }

    /** What came of exchanges on this node. */
    private void exchanges() {
        String alias = app.provider("acme");
        app.login(alias, Suite.newPerson());
        realm.request(app.clientId(), alias, TokenType.ID_TOKEN, "not.a.token").send();
    }

    private void signals() {
        String alias = app.provider("google");
        RealmAdmin users = RealmAdmin.of(realm, "manage-users");
        String deletion = "signals/deletions/" + "0".repeat(64);
        looking("/signals", "signals");
        for (RealmAdmin admin : List.of(users, nobody, stranger)) {
            meets("/signals/deletions", "get", get(admin, "signals/deletions", "application/json"));
            meets("/signals/deletions/{code}/approve", "post", post(admin, deletion + "/approve", Map.of()));
            meets("/signals/deletions/{code}/reject", "post", post(admin, deletion + "/reject", Map.of()));
        }
        meets(
                "/signals/deletions/{code}/reject",
                "post",
                post(users, deletion + "/reject", Map.of("reason", "x".repeat(10_000))));
        String user = app.login(alias, Suite.newPerson());
        String resume = "signals/users/" + user + "/links/" + alias + "/resume";
        for (RealmAdmin admin : List.of(users, nobody, stranger)) {
            meets("/signals/users/{user}/links/{alias}/resume", "post", post(admin, resume, Map.of()));
        }
        meets(
                "/signals/users/{user}/links/{alias}/resume",
                "post",
                post(users, resume.replace(user, "nobody"), Map.of()));
    }

    private void imports() {
        RealmAdmin importer = RealmAdmin.of(realm, "manage-users", "view-identity-providers");
        String line =
                "{\"sourceId\":\"1\",\"username\":\"zoe\",\"identities\":[{\"alias\":\"nowhere\",\"userId\":\"1\"}]}";
        for (RealmAdmin admin : List.of(importer, nobody, stranger)) {
            meets("/imports", "post", bring(admin, "imports?source=old", line + "\nno line"));
            for (String method : List.of("get", "delete")) {
                meets("/imports", method, imports(admin, method, "?source=old"));
            }
        }
        meets("/imports", "post", bring(importer, "imports", line));
        meets("/imports", "get", imports(importer, "get", ""));
        meets("/imports", "delete", imports(importer, "delete", "?source=OLD"));
    }

    private static Answer imports(RealmAdmin admin, String method, String query) {
        return admin.request("imports" + query)
                .method(method.toUpperCase(Locale.ROOT))
                .send();
    }

    private void transfers() {
        String described = "/transfers/{alias}";
        String alias = app.described("apple", provider -> {});
        DataProvider apple = Suite.providers().described("apple");
        Person person = Suite.newPerson();
        realm.request(app.clientId(), alias, TokenType.ID_TOKEN, apple.idToken(apple.clientId(), person))
                .param("user", "{\"name\":{\"firstName\":\"Zoë\",\"lastName\":\"Example\"}}")
                .send();
        String line = "{\"sub\":\"%s\",\"transfer_sub\":\"t\"}"
                .formatted(apple.identity(person, true).get("id"));
        RealmAdmin users = RealmAdmin.of(realm, "manage-users", "view-identity-providers");
        for (RealmAdmin admin : List.of(users, nobody, stranger)) {
            meets(described, "get", get(admin, "transfers/" + alias, "application/json"));
            meets(described, "post", bring(admin, "transfers/" + alias, line + "\nno line"));
        }
        for (String other : List.of("none", app.provider("google"))) {
            meets(described, "get", get(users, "transfers/" + other, "application/json"));
            meets(described, "post", bring(users, "transfers/" + other, line));
        }
    }

    private static Answer bring(RealmAdmin admin, String path, String lines) {
        return admin.request(path).lines(lines).send();
    }

    private void dryRun() {
        String alias = app.provider("acme");
        Map<String, String> form = form(Suite.newPerson());
        meets(DRY_RUN, "post", post(manages, dryRun(alias), form));
        meets(DRY_RUN, "post", post(looks, dryRun(alias), form));
        meets(DRY_RUN, "post", post(nobody, dryRun(alias), form));
        meets(DRY_RUN, "post", post(manages, dryRun("none"), form));
        meets(DRY_RUN, "post", changed(alias, form, "client_id", "nobody"));
        meets(DRY_RUN, "post", changed(alias, form, "subject_token", "not.a.token"));
        meets(DRY_RUN, "post", changed(alias, form, "subject_token_type", TokenType.AUTHORIZATION_CODE));
        String closed = app.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", "demo-spa"));
        meets(DRY_RUN, "post", post(manages, dryRun(closed), form));
        meets(DRY_RUN, "post", post(stranger, dryRun(alias), form));
        String silent = app.provider("facebook");
        String token = Suite.providers()
                .facebook()
                .accessToken(Suite.providers().facebook().clientId(), Suite.newPerson());
        Suite.providers()
                .fault("graph.facebook.com", "/debug_token", Fault.status(503).forToken(token));
        Map<String, String> unanswered = new HashMap<>(form);
        unanswered.put("subject_token", token);
        unanswered.put("subject_token_type", TokenType.ACCESS_TOKEN);
        meets(DRY_RUN, "post", post(manages, dryRun(silent), unanswered));
    }

    private void check() {
        String alias = app.provider("acme");
        String wrong = app.provider("google", copy -> copy.withObject("/config").put("clientSecret", "of another app"));
        meets(CHECK, "post", post(manages, check(alias), Map.of()));
        meets(CHECK, "post", post(manages, check(wrong), Map.of()));
        meets(CHECK, "post", post(looks, check(alias), Map.of()));
        meets(CHECK, "post", post(manages, check("none"), Map.of()));
        meets(CHECK, "post", post(stranger, check(alias), Map.of()));
    }

    private void signIn() {
        String path = "providers/" + app.provider("acme") + "/sign-in";
        String closed = app.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", ""));
        Map<String, String> form = Map.of("client_id", app.clientId(), "redirect_uri", app.redirectUri());
        for (RealmAdmin admin : List.of(manages, looks, stranger)) {
            meets(SIGN_IN, "post", post(admin, path, form));
        }
        meets(SIGN_IN, "post", post(manages, "providers/" + closed + "/sign-in", form));
        meets(SIGN_IN, "post", post(manages, "providers/none/sign-in", form));
        meets(SIGN_IN, "post", post(manages, path, Map.of("client_id", app.clientId())));
    }

    private Answer changed(String alias, Map<String, String> form, String name, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(name, value);
        return post(manages, dryRun(alias), changed);
    }

    private Map<String, String> form(Person person) {
        return Map.of(
                "client_id",
                app.clientId(),
                "scope",
                "openid",
                "subject_token_type",
                TokenType.ID_TOKEN,
                "subject_token",
                Suite.providers().acme().idToken(Suite.providers().acme().clientId(), person));
    }

    private static Answer get(RealmAdmin admin, String path, String accepted) {
        return admin.request(path).method("GET").header("Accept", accepted).send();
    }

    private static Answer post(RealmAdmin admin, String path, Map<String, String> form) {
        RawRequest request = admin.request(path);
        form.forEach(request::form);
        return request.send();
    }

    private static String dryRun(String alias) {
        return "providers/" + alias + "/dry-run";
    }

    private static String check(String alias) {
        return "providers/" + alias + "/check";
    }

    private void meets(String path, String method, Answer answer) {
        openApi.meets(
                path, method, answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }
}
