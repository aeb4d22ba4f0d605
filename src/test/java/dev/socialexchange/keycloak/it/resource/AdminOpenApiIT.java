package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.DoctorResource;
import dev.socialexchange.keycloak.it.support.AdminClient;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi-admin.yaml} describes the running server: every operation, every answer with all its members, and nothing else. */
class AdminOpenApiIT {
    private static final String DRY_RUN = "/providers/{alias}/dry-run";
    private static final String CHECK = "/providers/{alias}/check";

    private final OpenApi openApi = new OpenApi(java.nio.file.Path.of("docs/openapi-admin.yaml"));
    private final OwnRealm realm = OwnRealm.create();
    private final App app = App.of(realm);
    private final AdminClient nobody = AdminClient.of(realm);
    private final AdminClient looks = AdminClient.of(realm, "view-identity-providers");
    private final AdminClient manages =
            AdminClient.of(realm, "view-identity-providers", "manage-identity-providers", "view-users");

    @Test
    void describesEveryAnswer() {
        looking("/", "");
        meets("/", "get", looks.get("/"));
        dryRun();
        check();

        assertThat(openApi.unmet()).as("described, and not seen here").isEmpty();
        assertThat(openApi.unmetMembers()).as("described, and in no answer").isEmpty();
    }

    @Test
    void describesEveryOperation() {
        Set<String> operations = new TreeSet<>();
        Arrays.stream(DoctorResource.class.getMethods())
                .flatMap(AdminOpenApiIT::operations)
                .forEach(operations::add);

        assertThat(openApi.operations()).isEqualTo(operations);
    }

    private static Stream<String> operations(Method method) {
        String path = Optional.ofNullable(method.getAnnotation(Path.class))
                .map(Path::value)
                .orElse("");
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(annotation -> annotation.isAnnotationPresent(HttpMethod.class))
                .map(annotation ->
                        annotation.getAnnotation(HttpMethod.class).value().toLowerCase(Locale.ROOT) + " /" + path);
    }

    /** @param path as it is sent */
    private void looking(String described, String path) {
        meets(described, "get", looks.get(path));
        meets(described, "get", nobody.get(path));
        meets(
                described,
                "get",
                AdminClient.anonymous(realm, path)
                        .method("GET")
                        .header("Authorization", "Bearer of.no.body")
                        .send());
    }

    private void dryRun() {
        String alias = app.provider("acme");
        Map<String, String> form = form(Suite.newPerson());
        meets(DRY_RUN, "post", manages.post(dryRun(alias), form));
        meets(DRY_RUN, "post", looks.post(dryRun(alias), form));
        meets(DRY_RUN, "post", nobody.post(dryRun(alias), form));
        meets(DRY_RUN, "post", manages.post(dryRun("none"), form));
        meets(DRY_RUN, "post", changed(alias, form, "client_id", "nobody"));
        meets(DRY_RUN, "post", changed(alias, form, "subject_token", "not.a.token"));
        meets(DRY_RUN, "post", changed(alias, form, "subject_token_type", TokenType.AUTHORIZATION_CODE));
        String closed = app.provider("acme", copy -> copy.withObject("/config").put("exchangeClients", "demo-spa"));
        meets(DRY_RUN, "post", manages.post(dryRun(closed), form));
        meets(
                DRY_RUN,
                "post",
                AdminClient.anonymous(realm, dryRun(alias))
                        .form("client_id", app.clientId())
                        .send());
        String silent = app.provider("facebook");
        String token = Suite.providers()
                .facebook()
                .accessToken(Suite.providers().facebook().clientId(), Suite.newPerson());
        Suite.providers()
                .fault("graph.facebook.com", "/debug_token", Fault.status(503).forToken(token));
        Map<String, String> unanswered = new HashMap<>(form);
        unanswered.put("subject_token", token);
        unanswered.put("subject_token_type", TokenType.ACCESS_TOKEN);
        meets(DRY_RUN, "post", manages.post(dryRun(silent), unanswered));
    }

    private void check() {
        String alias = app.provider("acme");
        String wrong = app.provider("google", copy -> copy.withObject("/config").put("clientSecret", "of another app"));
        meets(CHECK, "post", manages.post(check(alias), Map.of()));
        meets(CHECK, "post", manages.post(check(wrong), Map.of()));
        meets(CHECK, "post", looks.post(check(alias), Map.of()));
        meets(CHECK, "post", manages.post(check("none"), Map.of()));
        meets(CHECK, "post", AdminClient.anonymous(realm, check(alias)).send());
    }

    private Answer changed(String alias, Map<String, String> form, String name, String value) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put(name, value);
        return manages.post(dryRun(alias), changed);
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

    private static String dryRun(String alias) {
        return "/providers/" + alias + "/dry-run";
    }

    private static String check(String alias) {
        return "/providers/" + alias + "/check";
    }

    private void meets(String path, String method, Answer answer) {
        openApi.meets(
                path, method, answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }
}
