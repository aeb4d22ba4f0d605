package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An id is translated into the one that the realm finds the person by, or is lost; it is never guessed. */
class IdTranslatorTest {
    private static final String SUB = "104200000000000000017";
    private static final String OID = "00000000-0000-4000-8000-00000000abcd";

    @ParameterizedTest
    @CsvSource({
        "python-social-auth, google-oauth2, 104200000000000000017, google, 104200000000000000017",
        "python-social-auth, github-org, 583231, github, 583231",
        "python-social-auth, facebook-app, 10158000000000001, facebook, 10158000000000001",
        "python-social-auth, apple-id, 000340.3f6e0000000000000000000000000000.0331, apple, 000340.3f6e0000000000000000000000000000.0331",
        "python-social-auth, twitter, 2244994945, x, 2244994945",
        "python-social-auth, microsoft-graph, 48d31887fad3f96b, microsoft, 48d31887fad3f96b",
        "allauth, google, 104200000000000000017, google, 104200000000000000017",
        "allauth, slack, T012_U034, slack, T012_U034",
        "auth0, windowslive, 48d31887fad3f96b, microsoft, 48d31887fad3f96b",
        "supabase, linkedin_oidc, dXNlcg12, linkedin-openid-connect, dXNlcg12",
        "authjs, discord, 80351110224678912, discord, 80351110224678912"
    })
    void whatTheRealmFindsThemByIsTaken(String source, String provider, String id, String alias, String userId) {
        assertThat(translate(source, provider, id, "{}")).isEqualTo(new IdTranslation.Known(alias, userId));
    }

    @Test
    void whatIsKeptBesideAnIdRepairsIt() {
        String sub = SourcesTest.token("{\"sub\":\"" + SUB + "\"}");
        String oid = SourcesTest.token("{\"oid\":\"" + OID + "\"}");

        assertThat(translate(
                        "python-social-auth", "google-oauth2", "mira@example.org", "{\"id_token\":\"" + sub + "\"}"))
                .isEqualTo(new IdTranslation.Known("google", SUB));
        for (String backend : new String[] {
            "azuread-oauth2", "azuread-tenant-oauth2", "azuread-v2-tenant-oauth2", "azuread-b2c-oauth2"
        }) {
            assertThat(translate("python-social-auth", backend, "mira@acme.example", "{\"id_token\":\"" + oid + "\"}"))
                    .isEqualTo(new IdTranslation.Known("microsoft", OID));
        }
        assertThat(translate("authjs", "azure-ad", "pairwise", "{\"id_token\":\"" + oid + "\"}"))
                .isEqualTo(new IdTranslation.Known("microsoft", OID));
        assertThat(translate("python-social-auth", "slack", "U034", "{\"team\":{\"id\":\"T012\"}}"))
                .isEqualTo(new IdTranslation.Known("slack", "T012_U034"));
        assertThat(translate("python-social-auth", "slack", "U034", "{\"team_id\":\"T012\"}"))
                .isEqualTo(new IdTranslation.Known("slack", "T012_U034"));
    }

    @ParameterizedTest
    @CsvSource({
        "python-social-auth, google-oauth2, mira@example.org, id_is_address",
        "python-social-auth, google-openidconnect, mira@example.org, id_is_address",
        "python-social-auth, azuread-oauth2, mira@acme.example, id_is_of_one_app",
        "python-social-auth, slack, U034, id_without_team",
        "python-social-auth, bitbucket-oauth2, {2f0c}, id_only_provider_knows",
        "python-social-auth, dropbox-oauth2, 12345, id_only_provider_knows",
        "python-social-auth, linkedin-oauth2, abcdefgh, id_only_provider_knows",
        "python-social-auth, github, mira, id_shape",
        "python-social-auth, spotify, mira@example.org, id_shape",
        "python-social-auth, of-our-own, 1, provider_unknown",
        "allauth, reddit, mira, id_only_provider_knows",
        "allauth, bitbucket_oauth2, mira, id_only_provider_knows",
        "allauth, google, mira@example.org, id_shape",
        "firebase, facebook.com, abc, id_shape",
        "supabase, azure, pairwise, id_is_of_one_app",
        "authjs, microsoft, pairwise, id_is_of_one_app"
    })
    void whatCannotBeToldIsLostWithAReason(String source, String provider, String id, String reason) {
        assertThat(translate(source, provider, id, "{}"))
                .isInstanceOfSatisfying(IdTranslation.Lost.class, lost -> assertThat(lost.reason())
                        .isEqualTo(reason));
    }

    /** Whoever had none would be one and the same person. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "None", "none", "null", "undefined", "NaN"})
    void noIdIsNobodys(String id) {
        assertThat(translate("python-social-auth", "google-oauth2", id, "{}"))
                .isEqualTo(new IdTranslation.Lost("google", "id_missing"));
        assertThat(translate("python-social-auth", "spotify", id, "{}"))
                .isEqualTo(new IdTranslation.Lost("spotify", "id_missing"));
    }

    @Test
    void aTokenThatWasKeptMustHaveAnIdOfTheRightLook() {
        String odd = SourcesTest.token("{\"sub\":\"mira@example.org\"}");

        assertThat(translate(
                        "python-social-auth", "google-oauth2", "mira@example.org", "{\"id_token\":\"" + odd + "\"}"))
                .isEqualTo(new IdTranslation.Lost("google", "id_is_address"));
        assertThat(translate(
                        "python-social-auth", "google-oauth2", "mira@example.org", "{\"id_token\":\"no.to%.ken\"}"))
                .isEqualTo(new IdTranslation.Lost("google", "id_is_address"));
    }

    @Test
    void whatIsNoAccountOfAProviderIsNothing() {
        assertThat(translate("firebase", "password", "mira@example.org", "{}")).isEqualTo(new IdTranslation.Nothing());
        assertThat(translate("python-social-auth", "steam", "1", "{}")).isEqualTo(new IdTranslation.Nothing());
    }

    @Test
    void anAliasThatSomebodySaysCounts() {
        IdTranslator ids = IdTranslator.of("python-social-auth", Map.of("google-oauth2", "work", "of-our-own", "acme"));

        assertThat(ids.translate("google-oauth2", SUB, json("{}"))).isEqualTo(new IdTranslation.Known("work", SUB));
        assertThat(ids.translate("of-our-own", "abc", json("{}"))).isEqualTo(new IdTranslation.Known("acme", "abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-social-auth", "allauth", "firebase", "auth0", "cognito", "supabase", "authjs"})
    void everyLineIsOne(String source) {
        Pattern line = Pattern.compile("(-|[a-z0-9-]+) (same|sub|oid|team|resolve|none)");

        assertThat(Lines.of("/ids/" + source + ".properties")).isNotEmpty().allSatisfy((name, value) -> {
            assertThat(value).matches(line);
            assertThat(value.toLowerCase(Locale.ROOT).startsWith("-")).isEqualTo(value.endsWith("none"));
        });
    }

    private static IdTranslation translate(String source, String provider, String id, String kept) {
        return IdTranslator.of(source, Map.of()).translate(provider, id, json(kept));
    }

    private static JsonNode json(String text) {
        return Json.lenient(text).orElseThrow();
    }
}
