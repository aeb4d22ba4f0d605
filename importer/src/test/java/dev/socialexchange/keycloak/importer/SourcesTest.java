package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Exports as the back ends' own documents show them, with invented people. */
class SourcesTest {

    @Test
    void linesOfADjangoProjectAreTranslated() throws IOException {
        List<JsonNode> people = read(
                "python-social-auth",
                """
                {"sourceId":4711,"username":"mira","email":"Mira.Kern@example.org","firstName":"Mira","lastName":"Kern","disabled":false,"privileged":true,"createdAt":"2021-05-04T10:00:00+00:00","lastLogin":null,"password":"pbkdf2_sha256$1000000$s4lt$aGFzaA==","identities":[{"provider":"github","uid":"583231","extra":{"login":"mira"}},{"provider":"google-oauth2","uid":"mira.kern@example.org","extra":{"id_token":"%s"}}]}
                {"sourceId":4712,"username":"tomas","email":"","disabled":true,"privileged":false,"password":"!unusable","identities":[{"provider":"google-oauth2","uid":"tomas@example.org","extra":"{}"},{"provider":"azuread-oauth2","uid":"None","extra":{}}]}
                """
                        .formatted(token("{\"sub\":\"104200000000000000017\"}")));

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"4711","username":"mira","firstName":"Mira","lastName":"Kern","privileged":true,"createdAt":"2021-05-04T10:00:00Z",
                                 "email":"Mira.Kern@example.org","emailVerified":false,
                                 "identities":[{"alias":"github","userId":"583231","userName":"mira"},{"alias":"google","userId":"104200000000000000017"}],
                                 "password":{"format":"django","value":"pbkdf2_sha256$1000000$s4lt$aGFzaA=="}}"""),
                        json(
                                """
                                {"sourceId":"4712","username":"tomas","disabled":true,
                                 "lost":[{"provider":"google-oauth2","alias":"google","reason":"id_is_address"},
                                         {"provider":"azuread-oauth2","alias":"microsoft","reason":"id_missing"}]}"""));
    }

    @Test
    void aFixtureIsPutTogether() throws IOException {
        List<JsonNode> people = read(
                "allauth",
                """
                [{"model":"auth.user","pk":1,"fields":{"username":"tomas","password":"","email":"old@example.org","first_name":"Tomas","last_name":"Lind","is_active":true,"is_staff":false,"is_superuser":false,"date_joined":"2020-01-02T03:04:05.678Z","last_login":"2026-10-01T08:12:00Z"}},
                 {"model":"account.emailaddress","pk":1,"fields":{"user":1,"email":"old@example.org","verified":true,"primary":false}},
                 {"model":"account.emailaddress","pk":2,"fields":{"user":1,"email":"tomas.lind@example.org","verified":true,"primary":true}},
                 {"model":"socialaccount.socialaccount","pk":5,"fields":{"user":1,"provider":"google","uid":"104200000000000000018","extra_data":{"email":"tomas.lind@example.org"}}},
                 {"model":"socialaccount.socialaccount","pk":6,"fields":{"user":1,"provider":"slack","uid":"T012_U034","extra_data":"{}"}}]""");

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"1","username":"tomas","firstName":"Tomas","lastName":"Lind","createdAt":"2020-01-02T03:04:05.678Z","lastLoginAt":"2026-10-01T08:12:00Z",
                                 "email":"tomas.lind@example.org","emailVerified":true,
                                 "identities":[{"alias":"google","userId":"104200000000000000018","userName":"tomas.lind@example.org"},{"alias":"slack","userId":"T012_U034"}]}"""));
    }

    @Test
    void firebasesExportIsTranslated() throws IOException {
        List<JsonNode> people = read(
                "firebase",
                """
                {"users":[
                 {"localId":"k3Vq","email":"lea.ortiz@example.org","emailVerified":true,"displayName":"Lea Ortiz","passwordHash":"aGFzaA==","salt":"c2FsdA==","createdAt":"1688000000000","lastSignedInAt":"1719000000000",
                  "providerUserInfo":[{"providerId":"google.com","rawId":"104200000000000000019","email":"lea.ortiz@example.org"},{"providerId":"twitter.com","rawId":"2244994945"}]},
                 {"localId":"anon","createdAt":"1688000000000","providerUserInfo":[]},
                 {"localId":"odd","email":"odd@example.org","disabled":true,"providerUserInfo":[{"providerId":"google.com","rawId":"odd@example.org"},{"providerId":"gc.apple.com","rawId":"G:1"}]}]}""");

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"k3Vq","email":"lea.ortiz@example.org","emailVerified":true,"firstName":"Lea","lastName":"Ortiz","createdAt":"2023-06-29T00:53:20Z","lastLoginAt":"2024-06-21T20:00:00Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000019","userName":"lea.ortiz@example.org"},{"alias":"x","userId":"2244994945"}],
                                 "password":{"format":"firebase-scrypt","value":"c2FsdA==$aGFzaA=="}}"""),
                        json("{\"sourceId\":\"anon\",\"anonymous\":true,\"createdAt\":\"2023-06-29T00:53:20Z\"}"),
                        json(
                                """
                                {"sourceId":"odd","email":"odd@example.org","emailVerified":false,"disabled":true,
                                 "lost":[{"provider":"google.com","alias":"google","reason":"id_shape"}]}"""));
    }

    @Test
    void auth0sExportIsTranslatedByItsIdentities() throws IOException {
        List<JsonNode> people = read(
                "auth0",
                """
                {"user_id":"google-oauth2|104200000000000000017","email":"noa.berg@example.org","email_verified":true,"given_name":"Noa","family_name":"Berg","created_at":"2022-02-03T04:05:06.000Z","identities":[{"provider":"google-oauth2","connection":"google-oauth2","user_id":"104200000000000000017","isSocial":true},{"provider":"apple","connection":"apple","user_id":"000340.3f6e0000000000000000000000000000.0331","isSocial":true},{"provider":"auth0","connection":"Username-Password-Authentication","user_id":"abc"},{"provider":"waad","connection":"acme-entra","user_id":"pairwise"}]}
                """,
                Map.of());

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"google-oauth2|104200000000000000017","email":"noa.berg@example.org","emailVerified":true,"firstName":"Noa","lastName":"Berg","createdAt":"2022-02-03T04:05:06Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000017"},{"alias":"apple","userId":"000340.3f6e0000000000000000000000000000.0331"}],
                                 "lost":[{"provider":"acme-entra","alias":"acme-entra","reason":"provider_unknown"}]}"""));
    }

    @Test
    void cognitosListIsTranslated() throws IOException {
        List<JsonNode> people = read(
                "cognito",
                """
                {"Users":[{"Username":"google_104200000000000000020","Enabled":true,"UserStatus":"EXTERNAL_PROVIDER","UserCreateDate":1658592800.123,"Attributes":[{"Name":"sub","Value":"7d0c"},{"Name":"email","Value":"ida@example.org"},{"Name":"email_verified","Value":"false"},{"Name":"identities","Value":"[{\\"userId\\":\\"104200000000000000020\\",\\"providerName\\":\\"Google\\",\\"providerType\\":\\"Google\\",\\"issuer\\":null,\\"primary\\":true,\\"dateCreated\\":1658600000000}]"}]},
                 {"Username":"new","Enabled":false,"UserStatus":"UNCONFIRMED","Attributes":[{"Name":"sub","Value":"7d0d"}]}]}""");

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"7d0c","email":"ida@example.org","emailVerified":false,"createdAt":"2022-07-23T16:13:20.123Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000020","userName":"ida@example.org"}]}"""),
                        json("{\"sourceId\":\"7d0d\",\"disabled\":true,\"unconfirmed\":true}"));
    }

    @Test
    void supabasesRowsAreTranslated() throws IOException {
        List<JsonNode> people = read(
                "supabase",
                """
                {"id":"7d0c1b6e-0000-4000-8000-000000000001","email":"kai@example.org","email_confirmed_at":"2024-01-01T00:00:00Z","encrypted_password":"$2a$10$abcdefghijklmnopqrstuv","created_at":"2024-01-01 00:00:00.5+00","banned_until":"2999-01-01T00:00:00Z","raw_user_meta_data":{"full_name":"Kai Li"},"identities":[{"provider":"email","provider_id":"7d0c1b6e-0000-4000-8000-000000000001"},{"provider":"azure","provider_id":"pairwise","identity_data":{"sub":"pairwise"}},{"provider":"github","id":"583231","identity_data":{"sub":"583231"}}]}
                {"id":"gone","deleted_at":"2024-01-01T00:00:00Z"}
                """);

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"7d0c1b6e-0000-4000-8000-000000000001","email":"kai@example.org","emailVerified":true,"disabled":true,"createdAt":"2024-01-01T00:00:00.500Z","firstName":"Kai","lastName":"Li",
                                 "lost":[{"provider":"azure","alias":"microsoft","reason":"id_is_of_one_app"}],
                                 "identities":[{"alias":"github","userId":"583231"}],
                                 "password":{"format":"supabase","value":"$2a$10$abcdefghijklmnopqrstuv"}}"""));
    }

    @Test
    void clerksUsersAreTranslatedWithTheAccountsThatWereVerified() throws IOException {
        List<JsonNode> people = read(
                "clerk",
                """
                [{"id":"user_2a","first_name":"Ida","last_name":"Holm","username":null,"primary_email_address_id":"idn_2","email_addresses":[{"id":"idn_1","email_address":"old@example.org","verification":{"status":"verified"}},{"id":"idn_2","email_address":"ida@example.org","verification":{"status":"verified"}}],
                  "external_accounts":[{"provider":"oauth_google","provider_user_id":"104200000000000000022","email_address":"ida@example.org","verification":{"status":"verified"}},{"provider":"oauth_github","provider_user_id":"583231","verification":{"status":"unverified"}},{"provider":"oauth_microsoft","provider_user_id":"00000000-0000-0000-66f3-3332eca7ea81","verification":{"status":"verified"}}],
                  "banned":true,"created_at":1688000000000,"last_sign_in_at":1719000000000,"password_digest":"$2a$10$abcdefghijklmnopqrstuv","password_hasher":"bcrypt"}]""");

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"user_2a","email":"ida@example.org","emailVerified":true,"firstName":"Ida","lastName":"Holm","disabled":true,"createdAt":"2023-06-29T00:53:20Z","lastLoginAt":"2024-06-21T20:00:00Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000022","userName":"ida@example.org"}],
                                 "lost":[{"provider":"microsoft","alias":"microsoft","reason":"id_is_of_one_app"}],
                                 "password":{"format":"clerk","value":"$2a$10$abcdefghijklmnopqrstuv"}}"""));
    }

    @Test
    void fusionAuthsUsersAreTranslatedByTheirLinks() throws IOException {
        List<JsonNode> people = read(
                "fusionauth",
                """
                {"id":"7d0c1b6e-0000-4000-8000-000000000002","email":"lea@example.org","verified":true,"firstName":"Lea","lastName":"Ortiz","active":false,"insertInstant":1688000000000,"encryptionScheme":"salted-pbkdf2-hmac-sha256","factor":24000,"salt":"MDEyMzQ1Njc4OWFiY2RlZg==","password":"aGFzaA==",
                 "identityProviderLinks":[{"identityProviderId":"82339786-3dff-42a6-aac6-1f1ceecb6c46","identityProviderType":"Google","identityProviderUserId":"104200000000000000023","displayName":"lea@example.org"},{"identityProviderId":"f00d","identityProviderType":"OpenIDConnect","identityProviderUserId":"s-1"}]}
                {"id":"b","username":"bo","encryptionScheme":"bcrypt","factor":10,"password":"$2a$10$abcdefghijklmnopqrstuv"}
                """,
                Map.of("f00d", "acme"));

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"7d0c1b6e-0000-4000-8000-000000000002","email":"lea@example.org","emailVerified":true,"firstName":"Lea","lastName":"Ortiz","disabled":true,"createdAt":"2023-06-29T00:53:20Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000023","userName":"lea@example.org"},{"alias":"acme","userId":"s-1"}],
                                 "password":{"format":"fusionauth","value":"salted-pbkdf2-hmac-sha256$24000$MDEyMzQ1Njc4OWFiY2RlZg==$aGFzaA=="}}"""),
                        json(
                                """
                                {"sourceId":"b","username":"bo","password":{"format":"fusionauth","value":"$2a$10$abcdefghijklmnopqrstuv"}}"""));
    }

    /** As its own scripts for imports take one apart. */
    @Test
    void fusionAuthsBcryptIsPutTogetherAndWhatDoesNotFitIsNoHash() throws IOException {
        String user =
                "{\"id\":\"b\",\"encryptionScheme\":\"bcrypt\",\"factor\":%s,\"salt\":\"%s\",\"password\":\"%s\"}";
        String salt = "abcdefghijklmnopqrstu.";
        String hash = "ABCDEFGHIJKLMNOPQRSTUVWXYZ01234";

        assertThat(password(user.formatted("8", salt, hash))).isEqualTo("$2a$08$" + salt + hash);
        assertThat(password(user.formatted("\"12\"", salt, hash))).isEqualTo("$2a$12$" + salt + hash);
        assertThat(password(user.formatted("12", "", "$2b$12$" + salt + hash))).isEqualTo("$2b$12$" + salt + hash);
        for (String odd : List.of(
                user.formatted("null", salt, hash),
                user.formatted("100", salt, hash),
                user.formatted("10", "MDEyMzQ1Njc4OWFiY2RlZg==", hash),
                user.formatted("10", salt, hash + "=="),
                user.formatted("10", salt, "short"))) {
            assertThat(password(odd)).startsWith("bcrypt$").doesNotContain("$2");
        }
    }

    private static String password(String user) throws IOException {
        return read("fusionauth", user).get(0).at("/password/value").asText();
    }

    @Test
    void logtosRowsAreTranslatedAndNoneOfItsAddressesIsVerified() throws IOException {
        List<JsonNode> people = read(
                "logto",
                """
                {"id":"pzwlhgywqnpi","username":null,"primary_email":"noa@example.org","name":"Noa Berg","profile":{},"identities":{"google":{"userId":"104200000000000000024","details":{"email":"noa@example.org"}},"azuread":{"userId":"s-1"}},"is_suspended":false,"created_at":"2024-01-01 00:00:00+00","password_encrypted":"$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA","password_encryption_method":"Argon2id"}
                {"id":"old","username":"old","is_suspended":true,"password_encrypted":"5f4dcc3b5aa765d61d8327deb882cf99","password_encryption_method":"MD5"}
                """);

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"pzwlhgywqnpi","email":"noa@example.org","emailVerified":false,"firstName":"Noa","lastName":"Berg","createdAt":"2024-01-01T00:00:00Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000024","userName":"noa@example.org"}],
                                 "lost":[{"provider":"azuread","alias":"microsoft","reason":"id_is_of_one_app"}],
                                 "password":{"format":"logto","value":"$argon2id$v=19$m=4096,t=3,p=1$c2FsdA$aGFzaA"}}"""),
                        json("{\"sourceId\":\"old\",\"username\":\"old\",\"disabled\":true}"));
    }

    @Test
    void rowsOfAspNetIdentityAreTranslated() throws IOException {
        List<JsonNode> people = read(
                "aspnet",
                """
                {"Id":"u1","UserName":"tomas","Email":"tomas@example.org","EmailConfirmed":true,"PasswordHash":"AQAAAAEAACcQ","LockoutEnd":"2999-01-01T00:00:00+00:00","logins":[{"LoginProvider":"Microsoft","ProviderKey":"48d31887fad3a97d"},{"LoginProvider":"Google","ProviderKey":"104200000000000000025"},{"LoginProvider":"corporate","ProviderKey":"7"}]}
                {"Id":"u2","UserName":"ana","Email":"ana@example.org","EmailConfirmed":0,"LockoutEnd":"2024-01-01T00:00:00Z","logins":[]}
                """);

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"u1","email":"tomas@example.org","emailVerified":true,"username":"tomas","disabled":true,
                                 "identities":[{"alias":"microsoft","userId":"48d31887fad3a97d","userName":"tomas@example.org"},{"alias":"google","userId":"104200000000000000025","userName":"tomas@example.org"}],
                                 "lost":[{"provider":"corporate","alias":"corporate","reason":"provider_unknown"}],
                                 "password":{"format":"aspnet","value":"AQAAAAEAACcQ"}}"""),
                        json(
                                """
                                {"sourceId":"u2","email":"ana@example.org","emailVerified":false,"username":"ana"}"""));
    }

    @Test
    void usersOfParseServerAreTranslatedAndNamesThatItMadeUpAreNone() throws IOException {
        List<JsonNode> people = read(
                "parse",
                """
                {"results":[{"objectId":"o1","username":"abcdefghijklmnopqrstuvwxy","email":"kai@example.org","emailVerified":true,"createdAt":"2022-01-01T00:00:00.000Z","authData":{"facebook":{"id":"10220000000000001","access_token":"x"}}},
                 {"objectId":"o2","username":"zyxwvutsrqponmlkjihgfedcb","authData":{"anonymous":{"id":"guest"}}},
                 {"objectId":"o3","username":"bo","_hashed_password":"$2b$10$abcdefghijklmnopqrstuv"}]}""");

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"o1","email":"kai@example.org","emailVerified":true,"createdAt":"2022-01-01T00:00:00Z",
                                 "identities":[{"alias":"facebook","userId":"10220000000000001","userName":"kai@example.org"}]}"""),
                        json("{\"sourceId\":\"o2\",\"anonymous\":true}"),
                        json(
                                """
                                {"sourceId":"o3","username":"bo","password":{"format":"parse","value":"$2b$10$abcdefghijklmnopqrstuv"}}"""));
    }

    @Test
    void usersOfWordPressAreTranslated() throws IOException {
        List<JsonNode> people = read(
                "wordpress",
                """
                {"ID":1,"user_login":"admin","user_email":"root@example.org","user_pass":"$wp$2y$10$abc","user_registered":"2020-01-02 03:04:05","first_name":"Ro","last_name":"Ot","wp_capabilities":"a:1:{s:13:\\"administrator\\";b:1;}","social":[{"type":"fb","identifier":"10220000000000002"},{"type":"google","identifier":"root@example.org"}]}
                """);

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"1","email":"root@example.org","emailVerified":false,"username":"admin","firstName":"Ro","lastName":"Ot","privileged":true,"createdAt":"2020-01-02T03:04:05Z",
                                 "identities":[{"alias":"facebook","userId":"10220000000000002","userName":"root@example.org"}],
                                 "lost":[{"provider":"google","alias":"google","reason":"id_shape"}],
                                 "password":{"format":"wordpress","value":"$wp$2y$10$abc"}}"""));
    }

    @Test
    void authJssAndBetterAuthsUsersAreTranslated() throws IOException {
        List<JsonNode> people = read(
                "authjs",
                """
                {"id":"c1","name":"Ana","email":"ana@example.org","emailVerified":null,"accounts":[{"provider":"microsoft-entra-id","providerAccountId":"pairwise","id_token":"%s"}]}
                {"id":"c2","name":"Bo Ek","email":"bo@example.org","emailVerified":true,"banned":false,"accounts":[{"providerId":"credential","accountId":"c2","password":"00ff:00ee"},{"providerId":"google","accountId":"104200000000000000021"}]}
                """
                        .formatted(token("{\"oid\":\"00000000-0000-4000-8000-00000000abcd\"}")));

        assertThat(people)
                .containsExactly(
                        json(
                                """
                                {"sourceId":"c1","email":"ana@example.org","emailVerified":false,"firstName":"Ana",
                                 "identities":[{"alias":"microsoft","userId":"00000000-0000-4000-8000-00000000abcd","userName":"ana@example.org"}]}"""),
                        json(
                                """
                                {"sourceId":"c2","email":"bo@example.org","emailVerified":true,"firstName":"Bo","lastName":"Ek",
                                 "password":{"format":"better-auth","value":"00ff:00ee"},
                                 "identities":[{"alias":"google","userId":"104200000000000000021","userName":"bo@example.org"}]}"""));
    }

    @Test
    void kratosIdentitiesAreTranslatedByAliasesThatSomebodySays() throws IOException {
        String export =
                """
                [{"id":"9f","state":"inactive","traits":{"email":"una@example.org","name":{"first":"Una","last":"Moe"}},"verifiable_addresses":[{"value":"una@example.org","verified":true,"via":"email"}],"created_at":"2023-01-01T00:00:00Z",
                  "credentials":{"oidc":{"config":{"providers":[{"provider":"our-google","subject":"104200000000000000022"},{"provider":"other","subject":"1"}]}},"password":{"config":{"hashed_password":"$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA"}}}}]""";

        assertThat(read("kratos", export, Map.of("our-google", "google")))
                .containsExactly(
                        json(
                                """
                                {"sourceId":"9f","email":"una@example.org","emailVerified":true,"firstName":"Una","lastName":"Moe","disabled":true,"createdAt":"2023-01-01T00:00:00Z",
                                 "identities":[{"alias":"google","userId":"104200000000000000022","userName":"una@example.org"}],
                                 "lost":[{"provider":"other","alias":"other","reason":"provider_unknown"}],
                                 "password":{"format":"kratos","value":"$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA"}}"""));
    }

    /** A disabled user stays one until an administrator comes, and no clock looks at it. */
    @Test
    void whoHasOnlyMistypedAPasswordIsNotDisabledForGood() throws IOException {
        String soon = Instant.now().plus(Duration.ofHours(1)).toString();

        assertThat(read("clerk", "[{\"id\":\"user_2a\",\"banned\":false,\"locked\":true}]")
                        .get(0)
                        .has("disabled"))
                .isFalse();
        assertThat(read("clerk", "[{\"id\":\"user_2a\",\"banned\":true,\"locked\":true}]")
                        .get(0)
                        .has("disabled"))
                .isTrue();
        assertThat(read("aspnet", "{\"Id\":\"u1\",\"LockoutEnd\":\"" + soon + "\"}")
                        .get(0)
                        .has("disabled"))
                .isFalse();
    }

    /** An administrator has banned them: nobody is let in before it ends, and it is told that no clock enables them. */
    @Test
    void aBanThatEndsIsKeptAndToldAndOneThatIsOverIsNone() throws IOException {
        String soon = Instant.now().plus(Duration.ofDays(30)).toString();
        for (String ban : List.of("supabase banned_until", "authjs banExpires")) {
            String source = ban.split(" ")[0];
            String user = "{\"id\":\"7d0c\",\"banned\":true,\"" + ban.split(" ")[1] + "\":\"%s\"}";

            assertThat(banned(source, user.formatted(soon))).as(ban).isEqualTo("true true");
            assertThat(banned(source, user.formatted("2999-01-01T00:00:00Z")))
                    .as(ban)
                    .isEqualTo("true false");
            assertThat(banned(source, user.formatted("2024-01-01T00:00:00Z")))
                    .as(ban)
                    .isEqualTo("false false");
        }
    }

    private static String banned(String source, String user) throws IOException {
        List<PersonLine> lines = new ArrayList<>();
        Source.all().stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow()
                .read(
                        new ByteArrayInputStream(user.getBytes(StandardCharsets.UTF_8)),
                        Map.of(),
                        (read, person) -> lines.add(person));
        Losses losses = new Losses();
        lines.forEach(losses::see);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        losses.print(new PrintStream(told, true, StandardCharsets.UTF_8));
        return lines.get(0).json().has("disabled") + " "
                + told.toString(StandardCharsets.UTF_8).contains("their ban ends within a year: 1");
    }

    @Test
    void anExportOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> read("firebase", "{\"people\":[]}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("auth0", "[1,2]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("auth0", "{\"user_id\":\"a\",\"user_id\":\"b\"}"))
                .isInstanceOf(IOException.class);
    }

    private static List<JsonNode> read(String source, String export) throws IOException {
        return read(source, export, Map.of());
    }

    private static List<JsonNode> read(String source, String export, Map<String, String> aliases) throws IOException {
        List<JsonNode> people = new ArrayList<>();
        Source.all().stream()
                .filter(one -> one.name().equals(source))
                .findFirst()
                .orElseThrow()
                .read(
                        new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
                        aliases,
                        (user, person) -> people.add(person.json()));
        return people;
    }

    private static JsonNode json(String text) {
        return Json.lenient(text).orElseThrow();
    }

    static String token(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
