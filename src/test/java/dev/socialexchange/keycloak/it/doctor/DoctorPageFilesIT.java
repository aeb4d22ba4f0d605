package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody gets who asks for the page's files. */
@OlderKeycloakOnDemand
class DoctorPageFilesIT {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";
    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+/)main\\.js\"");

    private final DoctorRealm doctor = DoctorRealm.create();
    private final OwnRealm realm = doctor.realm();

    @Test
    void pageIsKeptByNobodyAndRunsItsOwnFilesOnly() {
        HttpResponse<String> page = get(doctor.url());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Content-Security-Policy")).containsExactly(POLICY);
        assertThat(header(page, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Strict-Transport-Security")).startsWith("max-age=");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body())
                .doesNotContain("style=")
                .doesNotContain("onclick")
                .doesNotContain("<script>");
    }

    @Test
    void filesAreKeptForEverUnderAnAddressThatChangesWithThem() {
        String folder = folder();
        HttpResponse<String> script = get(folder + "main.js");
        HttpResponse<String> style = get(folder + "doctor.css");

        assertThat(List.of(script.statusCode(), style.statusCode())).containsOnly(200);
        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
        assertThat(header(style, "Content-Type")).startsWith("text/css");
        assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(script, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(get(doctor.url() + "/0123456789abcdef/main.js").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index.html",
                "off.html",
                "../messages_en.properties",
                "..%2Fmessages_en.properties",
                "keycloak-js/LICENSE.txt",
                "%2e%2e/%2e%2e/META-INF/beans.xml",
                "main.js%00.css",
                ""
            })
    void nothingElseOfTheJarIsServed(String file) {
        assertThat(get(folder() + file).statusCode()).isIn(400, 404);
    }

    @Test
    void realmWithoutTheClientSaysHowToMakeItAndServesNothingElse() {
        String folder = folder();
        realm.admin().deleteClient(DoctorRealm.CLIENT);

        HttpResponse<String> page = get(doctor.url());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(header(page, "Content-Security-Policy")).isEqualTo(POLICY);
        assertThat(page.body())
                .contains("The doctor&#39;s page is off in this realm", DoctorRealm.CLIENT, doctor.url() + "</code>")
                .doesNotContain("<script");
        assertThat(get(doctor.url() + "/returned").statusCode()).isEqualTo(404);
        assertThat(get(folder + "main.js").statusCode()).isEqualTo(404);
        assertThat(get(folder + "doctor.css").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled", "publicClient", "standardFlowEnabled"})
    void clientThatNobodyCouldSignInByIsNone(String setting) {
        realm.admin().updateClient(DoctorRealm.CLIENT, client -> client.put(setting, false));

        assertThat(get(doctor.url()).statusCode()).isEqualTo(404);
    }

    @Test
    void closedRealmHasNoPage() {
        realm.admin().updateRealm(settings -> settings.put("enabled", false));
        HttpResponse<String> page = get(doctor.url());

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).isEqualTo("realm_disabled");
    }

    @Test
    void languageIsTheBrowsersUnlessTheAddressSaysAnother() {
        assertThat(get(doctor.url()).body()).contains("<html lang=\"en\">");
        assertThat(new Visitor()
                        .with("Accept-Language", "fr, de-AT;q=0.8, en;q=0.5")
                        .get(doctor.url())
                        .body())
                .contains("<html lang=\"de\">", "Zum Inhalt springen");
        assertThat(get(doctor.url() + "?ui_locales=de").body()).contains("<html lang=\"de\">");
        assertThat(get(doctor.url() + "?ui_locales=%22%3E%3Cscript%3E").body())
                .contains("<html lang=\"en\">")
                .doesNotContain("<script>");
    }

    @Test
    void providerThatPostsItsAnswerIsReadByThePageAndNotByTheServer() {
        HttpResponse<String> posted = new Visitor()
                .post(
                        doctor.url() + "/returned",
                        Map.of("code", "a code & more", "state", "mine", "user", "{\"name\":1}", "other", "left"));

        assertThat(posted.statusCode()).isEqualTo(303);
        assertThat(header(posted, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(posted, "Location"))
                .isEqualTo(doctor.url() + "/returned#state=mine&code=a+code+%26+more&user=%7B%22name%22%3A1%7D");
    }

    /** Where a proxy shows the page below another address than Keycloak thinks, it would be of no use anyway. */
    @Test
    void addressWithASlashAtItsEndIsTheSamePage() {
        assertThat(get(doctor.url() + "/").body()).isEqualTo(get(doctor.url()).body());
    }

    @Test
    void otherRealmsAreNotTold() {
        assertThat(get(Suite.keycloak().url() + "/realms/" + Suite.unique("nowhere") + "/social-exchange/doctor")
                        .statusCode())
                .isEqualTo(404);
    }

    private String folder() {
        Matcher script = SCRIPT.matcher(get(doctor.url()).body());
        assertThat(script.find()).isTrue();
        return realm.server().url() + script.group(1);
    }

    private static HttpResponse<String> get(String url) {
        return new Visitor().get(url);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
