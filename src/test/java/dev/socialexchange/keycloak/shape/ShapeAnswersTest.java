package dev.socialexchange.keycloak.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What apps in the stores are answered: tokens in the members that they read, and every refusal in words that they show. */
class ShapeAnswersTest {
    private static final Map<String, AppRequest> LOGINS = Map.of(
            "drf-social-oauth2",
            Shapes.request(
                    "POST convert-token",
                    "{\"grant_type\":\"convert_token\",\"backend\":\"google-oauth2\",\"token\":\"t\"}"),
            "dj-rest-auth",
            Shapes.request("POST google", "{\"access_token\":\"t\"}"),
            "rest-social-auth",
            Shapes.request("POST social/jwt-pair-user/google-oauth2", "{\"code\":\"t\"}"),
            "supabase",
            Shapes.request("POST auth/v1/token?grant_type=id_token", "{\"provider\":\"azure\",\"id_token\":\"t\"}"),
            "auth0",
            Shapes.request(
                    "POST oauth/token",
                    "{\"grant_type\":\"urn:ietf:params:oauth:grant-type:token-exchange\",\"subject_token\":\"t\","
                            + "\"subject_token_type\":\"http://auth0.com/oauth/token-type/apple-authz-code\"}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|{'access_token':'access','expires_in':300,'token_type':'Bearer','scope':'openid email','refresh_token':'refresh','user':{'email':'mira.kern@example.org','first_name':'Mira','last_name':'Kern'}}",
                "dj-rest-auth|{'access':'access','refresh':'refresh','user':{'pk':'7d0c','username':'mira','email':'mira.kern@example.org','first_name':'Mira','last_name':'Kern'}}",
                "rest-social-auth|{'token':'access','refresh':'refresh','id':'7d0c','username':'mira','email':'mira.kern@example.org','first_name':'Mira','last_name':'Kern'}",
                "supabase|{'access_token':'access','expires_in':300,'refresh_token':'refresh','token_type':'bearer','expires_at':1700000300,'user':{'id':'7d0c','aud':'authenticated','role':'authenticated','email':'mira.kern@example.org','phone':'','email_confirmed_at':'2023-11-14T22:13:20Z','confirmed_at':'2023-11-14T22:13:20Z','created_at':'2023-11-14T22:13:20Z','updated_at':'2023-11-14T22:13:20Z','last_sign_in_at':'2023-11-14T22:13:20Z','app_metadata':{'provider':'azure','providers':['azure']},'user_metadata':{'sub':'7d0c','name':'Mira Kern','email':'mira.kern@example.org','email_verified':true},'identities':[{'identity_id':'762a6f25-c41e-3d44-83e8-141954577773','id':'7d0c','user_id':'7d0c','provider':'azure','identity_data':{'sub':'7d0c','name':'Mira Kern','email':'mira.kern@example.org','email_verified':true},'created_at':'2023-11-14T22:13:20Z','updated_at':'2023-11-14T22:13:20Z','last_sign_in_at':'2023-11-14T22:13:20Z'}],'is_anonymous':false}}",
            })
    void tokensAreWhereTheAppLooks(String name, String told) {
        assertThat(Shapes.json(tokens(name).toString())).isEqualTo(Shapes.json(told.replace('\'', '"')));
    }

    @Test
    void auth0sAppsGetTheTokenEndpointsOwnMembers() {
        assertThat(tokens("auth0").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("access_token", "id_token", "refresh_token", "scope", "expires_in", "token_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|POST token|{'access_token':'access','expires_in':300,'token_type':'Bearer','scope':'openid email','refresh_token':'refresh'}",
                "dj-rest-auth|POST token/refresh|{'access':'access','refresh':'refresh'}",
                "rest-social-auth|POST token/refresh|{'access':'access','refresh':'refresh'}",
            })
    void aRefreshIsAnsweredWithoutThePerson(String name, String line, String told) {
        AppRequest request = Shapes.request(line, null);

        assertThat(Shapes.named(name)
                        .tokens(request, new Meant.Refresh("r"), Shapes.issued())
                        .body())
                .isEqualTo(Shapes.json(told.replace('\'', '"')));
    }

    @Test
    void supabasesClientsAreToldOfThePersonAtEachRefresh() {
        JsonNode body = Shapes.named("supabase")
                .tokens(
                        Shapes.request("POST token?grant_type=refresh_token", null),
                        new Meant.Refresh("r"),
                        Shapes.issued())
                .body();

        assertThat(body.at("/user/id").asText()).isEqualTo("7d0c");
        assertThat(body.at("/user/app_metadata")).isEmpty();
        assertThat(body.at("/user/identities")).isEmpty();
        assertThat(body.at("/user/last_sign_in_at").asText()).isEqualTo("2023-11-14T22:13:20Z");
    }

    /** By a mapper for the note of Keycloak's session. */
    @Test
    void supabasesClientsAreToldByWhomThePersonHasSignedInWhereTheRealmTellsIt() {
        JsonNode told = Shapes.json("{\"sub\":\"7d0c\",\"identity_provider\":\"google\"}");

        JsonNode user = Shapes.named("supabase")
                .person(Shapes.request("GET user", null), told)
                .body();

        assertThat(user.at("/app_metadata/provider").asText()).isEqualTo("google");
        assertThat(user.at("/identities/0/provider").asText()).isEqualTo("google");
        assertThat(user.has("email_confirmed_at")).as("which nobody has said").isFalse();
    }

    @Test
    void thePersonIsWhoTheClaimsSay() {
        assertThat(Shapes.named("dj-rest-auth")
                        .person(Shapes.request("GET user", null), Shapes.claims())
                        .body()
                        .path("pk")
                        .asText())
                .isEqualTo("7d0c");
        assertThat(Shapes.named("supabase")
                        .person(Shapes.request("GET user", null), Shapes.claims())
                        .body()
                        .path("email")
                        .asText())
                .isEqualTo("mira.kern@example.org");
        assertThat(Shapes.named("auth0")
                        .person(Shapes.request("GET user", null), Shapes.claims())
                        .body())
                .isEqualTo(Shapes.claims());
    }

    /** Nothing is made up of an id token that nobody here can read. */
    @Test
    void anEncryptedIdTokenTellsNobody() {
        Issued issued = new Issued(Shapes.json("{\"access_token\":\"a\",\"id_token\":\"a.b.c.d.e\"}"), Shapes.NOW);

        assertThat(issued.claims()).isEmpty();
        assertThat(new Issued(Shapes.json("{\"id_token\":\"a.%%%.c\"}"), 0).claims())
                .isEmpty();
    }

    static Stream<Arguments> everyRefusalOfEachShape() {
        return Shape.all().stream().map(Shape::name).flatMap(name -> Arrays.stream(ExchangeError.values())
                .map(error -> arguments(name, error)));
    }

    /** Word by word as the apps know them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|TOKEN_EXPIRED|{'access_denied':'The token you provided is invalid or expired.'}",
                "drf-social-oauth2|ACCOUNT_EXISTS|{'error':'A user with this email already exists.'}",
                "drf-social-oauth2|PROVIDER_UNKNOWN|{'invalid_request':'subject_issuer names no provider that is open for exchange'}",
                "drf-social-oauth2|BINDING_UNAVAILABLE|{'invalid_request':'Nothing proves which app this access token is for'}",
                "drf-social-oauth2|ACCOUNT_UNAVAILABLE|{'access_denied':'The account cannot be used'}",
                "dj-rest-auth|TOKEN_FOR_ANOTHER_APP|{'non_field_errors':['Incorrect value']}",
                "dj-rest-auth|ACCOUNT_EXISTS|{'non_field_errors':['User is already registered with this e-mail address.']}",
                "supabase|TOKEN_INVALID|{'error':'invalid request','error_description':'Bad ID token'}",
                "supabase|NONCE_MISMATCH|{'error':'invalid request','error_description':'Bad ID token'}",
                "supabase|PROVIDER_UNKNOWN|{'code':400,'error_code':'provider_disabled','msg':'subject_issuer names no provider that is open for exchange'}",
                "supabase|ACCOUNT_UNAVAILABLE|{'code':403,'error_code':'user_banned','msg':'The account cannot be used'}",
                "supabase|THROTTLED|{'code':429,'error_code':'over_request_rate_limit','msg':'Too many requests in vain; try again later'}"
            })
    void refusesInTheWordsThatAppsKnow(String name, ExchangeError error, String told) {
        assertThat(Shapes.json(refused(name, Shapes.refused(error)).body().toString()))
                .isEqualTo(Shapes.json(told.replace('\'', '"')));
    }

    @Test
    void keycloaksOwnRefusalOfAClientIsTold() {
        assertThat(refused("drf-social-oauth2", Shapes.refusedByKeycloak()).body())
                .isEqualTo(Shapes.json("{\"detail\":\"The application for this client_id does not exist.\"}"));
        assertThat(refused("dj-rest-auth", Shapes.refusedByKeycloak()).body().toString())
                .contains("Invalid client");
        assertThat(refused("auth0", Shapes.refusedByKeycloak()).status()).isEqualTo(401);
    }

    /** Or its client would try the same one for ever. */
    @ParameterizedTest
    @CsvSource({"dj-rest-auth, 401", "rest-social-auth, 401", "supabase, 400", "drf-social-oauth2, 400", "auth0, 400"})
    void aRefreshTokenThatIsNoLongerGoodEndsTheSession(String name, int status) {
        Refused refused = Refused.of(
                400, Shapes.json("{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}"));

        AppAnswer answer =
                Shapes.named(name).refused(Shapes.request("POST any", null), new Meant.Refresh("r"), refused);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().toString())
                .containsAnyOf("token_not_valid", "refresh_token_not_found", "invalid_grant");
    }

    /** What is no token's fault is not told as one: an app would send its person to the provider again, in vain. */
    @ParameterizedTest
    @MethodSource("everyRefusalOfEachShape")
    void onlyABadTokenIsToldAsOne(String name, ExchangeError error) {
        String body = refused(name, Shapes.refused(error)).body().toString();

        assertThat(body.contains("The token you provided is invalid or expired.")
                        || body.contains("Incorrect value")
                        || body.contains("Bad ID token"))
                .isEqualTo(RefusalKind.of(error) == RefusalKind.TOKEN
                        && !name.equals("auth0")
                        && !name.equals("rest-social-auth"));
    }

    private static JsonNode tokens(String name) {
        AppRequest request = LOGINS.get(name);
        Shape shape = Shapes.named(name);
        return shape.tokens(request, shape.read(request), Shapes.issued()).body();
    }

    private static AppAnswer refused(String name, Refused refused) {
        AppRequest request = LOGINS.get(name);
        Shape shape = Shapes.named(name);
        return shape.refused(request, shape.read(request), refused);
    }
}
