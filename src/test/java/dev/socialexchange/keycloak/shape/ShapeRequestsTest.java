package dev.socialexchange.keycloak.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What apps in the stores send, and what is meant by it. */
class ShapeRequestsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // drf-social-oauth2: what is called a token is an access token, but where python-social-auth itself
                // takes it for something else
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','client_id':'c','backend':'google-oauth2','token':'t'}|google|ACCESS_TOKEN|{}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','client_secret':'s','backend':'github','token':'t'}|github|ACCESS_TOKEN|{}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':'apple-id','token':'t'}|apple|ID_TOKEN|{}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':'facebook-limited-login','token':'t'}|facebook|ID_TOKEN|{}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':'of-our-own','token':'t'}|of-our-own|ACCESS_TOKEN|{}",
                // dj-rest-auth: an id_token counts for more than what stands beside it
                "dj-rest-auth|POST google|{'access_token':'t'}|google|ACCESS_TOKEN|{}",
                "dj-rest-auth|POST google|{'access_token':'a','id_token':'t'}|google|ID_TOKEN|{access_token=a}",
                "dj-rest-auth|POST google|{'access_token':'','id_token':'t'}|google|ID_TOKEN|{}",
                "dj-rest-auth|POST apple|{'access_token':'t','id_token':'t'}|apple|ID_TOKEN|{}",
                "dj-rest-auth|POST apple|{'access_token':'t'}|apple|ID_TOKEN|{}",
                "dj-rest-auth|POST github|{'code':'t'}|github|AUTHORIZATION_CODE|{}",
                "dj-rest-auth|POST github|{'code':'t','redirect_uri':'https://app.example/cb'}|github|AUTHORIZATION_CODE|{redirect_uri=https://app.example/cb}",
                // rest_social_auth: codes
                "rest-social-auth|POST social/jwt-pair|{'provider':'google-oauth2','code':'t','redirect_uri':'postmessage'}|google|AUTHORIZATION_CODE|{redirect_uri=postmessage}",
                "rest-social-auth|POST social/jwt-pair-user/facebook|{'code':'t'}|facebook|AUTHORIZATION_CODE|{}",
                // Supabase
                "supabase|POST auth/v1/token?grant_type=id_token|{'provider':'google','id_token':'t','nonce':'n','gotrue_meta_security':{}}|google|ID_TOKEN|{nonce=n}",
                "supabase|POST token?grant_type=id_token|{'provider':'azure','id_token':'t','access_token':'a'}|microsoft|ID_TOKEN|{access_token=a}",
                // Auth0: the type names the provider; what the app says of a Facebook account is nobody's word
                "auth0|POST oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':'t','subject_token_type':'http://auth0.com/oauth/token-type/apple-authz-code','audience':'https://api.example','scope':'openid','user_profile':'{}'}|apple|AUTHORIZATION_CODE|{scope=openid, audience=https://api.example, user_profile={}}",
                "auth0|POST oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':'t','subject_token_type':'http://auth0.com/oauth/token-type/facebook-info-session-access-token','user_profile':'{}'}|facebook|ACCESS_TOKEN|{}"
            })
    void anExchangeIsMeant(String shape, String line, String body, String alias, TokenKind kind, String further) {
        assertThat(read(shape, line, body)).isInstanceOfSatisfying(Meant.Exchange.class, exchange -> {
            assertThat(exchange.provider().alias()).isEqualTo(alias);
            assertThat(exchange.kind()).isEqualTo(kind);
            assertThat(exchange.token()).isEqualTo("t");
            assertThat(exchange.further()).hasToString(further);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|POST token|{'grant_type':'refresh_token','refresh_token':'r'}",
                "drf-social-oauth2|POST token|{'grant_type':'refresh_token','refresh_token':'r','client_secret':'s'}",
                "dj-rest-auth|POST token/refresh|{'refresh':'r'}",
                "rest-social-auth|POST token/refresh|{'refresh':'r'}",
                "supabase|POST auth/v1/token?grant_type=refresh_token|{'refresh_token':'r'}",
                "auth0|POST oauth/token|{'grant_type':'refresh_token','refresh_token':'r'}"
            })
    void aRefreshIsMeant(String shape, String line, String body) {
        assertThat(read(shape, line, body)).isEqualTo(new Meant.Refresh("r"));
    }

    /** Whatever is asked with it, also what is none of the shape's. */
    @ParameterizedTest
    @CsvSource({
        "drf-social-oauth2, {client_secret=s}",
        "auth0, {client_secret=s}",
        "dj-rest-auth, {}",
        "rest-social-auth, {}",
        "supabase, {}"
    })
    void aSecretIsWhereOlderAppsHaveOne(String shape, String credentials) {
        AppRequest request = Shapes.request("POST any", "{\"client_secret\":\"s\",\"client_id\":\"of-old\"}");

        assertThat(Shapes.named(shape).credentials(request)).hasToString(credentials);
    }

    @Test
    void theRestOfASessionIsMeant() {
        assertThat(read("drf-social-oauth2", "POST revoke-token", "{'token':'t'}"))
                .isEqualTo(new Meant.Revoke("t"));
        assertThat(read("auth0", "POST oauth/revoke", "{'token':'t'}")).isEqualTo(new Meant.Revoke("t"));
        assertThat(read("dj-rest-auth", "POST token/verify", "{'token':'t'}")).isEqualTo(new Meant.Verify("t"));
        assertThat(read("dj-rest-auth", "POST logout", "{'refresh':'r'}")).isEqualTo(new Meant.Revoke("r"));
        assertThat(read("dj-rest-auth", "GET user", null)).isEqualTo(new Meant.Person());
        assertThat(read("supabase", "GET auth/v1/user", null)).isEqualTo(new Meant.Person());
        assertThat(read("auth0", "GET userinfo", null)).isEqualTo(new Meant.Person());
        assertThat(read("drf-social-oauth2", "POST invalidate-sessions", "{'client_id':'c'}"))
                .isEqualTo(new Meant.SignOut(Meant.Sessions.ALL));
        assertThat(read("dj-rest-auth", "POST logout", "{}")).isEqualTo(new Meant.SignOut(Meant.Sessions.THIS));
        assertThat(read("supabase", "POST auth/v1/logout", null)).isEqualTo(new Meant.SignOut(Meant.Sessions.ALL));
        assertThat(read("supabase", "POST auth/v1/logout?scope=global", null))
                .isEqualTo(new Meant.SignOut(Meant.Sessions.ALL));
        assertThat(read("supabase", "POST auth/v1/logout?scope=local", null))
                .isEqualTo(new Meant.SignOut(Meant.Sessions.THIS));
        assertThat(read("supabase", "POST auth/v1/logout?scope=others", null))
                .isEqualTo(new Meant.SignOut(Meant.Sessions.OTHERS));
    }

    /** Each in the words of the back end that it was sent to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','token':'t'}|400|{'backend':['backend is required.']}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':'github','token':' '}|400|{'token':['token is required.']}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'password','backend':'github','token':'t'}|400|{'unsupported_grant_type':'The grant type is not convert_token.'}",
                "drf-social-oauth2|POST token|{'grant_type':'password','username':'u','password':'p'}|400|{'error':'unsupported_grant_type','error_description':'Only refresh_token is supported here'}",
                "drf-social-oauth2|POST revoke-token|{}|400|{'error':'invalid_request','error_description':'token is missing'}",
                "dj-rest-auth|POST google|{}|400|{'non_field_errors':['Incorrect input. access_token or code is required.']}",
                "dj-rest-auth|POST token/refresh|{}|400|{'refresh':['This field is required.']}",
                "dj-rest-auth|POST token/verify|{}|400|{'token':['This field is required.']}",
                "rest-social-auth|POST social/jwt-pair/google-oauth2|{'access_token':'t'}|400|{'code':['This field is required.']}",
                "rest-social-auth|POST social/jwt-pair|{'code':'t'}|400|''",
                "supabase|POST auth/v1/token?grant_type=password|{'email':'e','password':'p'}|400|{'error':'unsupported_grant_type','error_description':'unsupported_grant_type'}",
                "supabase|POST auth/v1/token?grant_type=id_token|{'provider':'google'}|400|{'error':'invalid request','error_description':'provider and id_token required'}",
                "supabase|POST auth/v1/token?grant_type=id_token|{'provider':'google','id_token':'t','link_identity':true}|400|{'code':400,'error_code':'manual_linking_disabled','msg':'Manual linking is disabled'}",
                "supabase|POST auth/v1/token?grant_type=refresh_token|{}|400|{'code':400,'error_code':'validation_failed','msg':'refresh_token required'}",
                "auth0|POST oauth/token|{'grant_type':'password'}|400|{'error':'unsupported_grant_type','error_description':'Unsupported grant type: password'}",
                "auth0|POST oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':'t','subject_token_type':'another'}|400|{'error':'invalid_request','error_description':'Invalid subject_token_type'}"
            })
    void whatIsNotTakenIsToldInItsOwnWords(String shape, String line, String body, int status, String told) {
        assertThat(read(shape, line, body)).isInstanceOfSatisfying(Meant.Unusable.class, unusable -> {
            assertThat(unusable.answer().status()).isEqualTo(status);
            assertThat(unusable.answer().body()).isEqualTo(Shapes.json(told.replace('\'', '"')));
        });
    }

    /** Whoever asks, and whatever there is beside it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|GET convert-token|{'detail':'Not found.'}",
                "drf-social-oauth2|POST disconnect-backend|{'detail':'Not found.'}",
                "dj-rest-auth|GET google|{'detail':'Not found.'}",
                "dj-rest-auth|POST google/connect|{'detail':'Not found.'}",
                "dj-rest-auth|POST password/reset|{'detail':'Not found.'}",
                "rest-social-auth|POST social/token/google-oauth2|{'detail':'Not found.'}",
                "rest-social-auth|POST social/session/google-oauth2|{'detail':'Not found.'}",
                "supabase|POST auth/v1/signup|{'code':404,'error_code':'validation_failed','msg':'There is no such call here'}",
                "auth0|GET authorize|{'error':'not_found'}"
            })
    void whatThereIsNotIsNothing(String shape, String line, String told) {
        assertThat(read(shape, line, "{'code':'t','token':'t'}"))
                .isEqualTo(new Meant.Nothing(new AppAnswer(404, Shapes.json(told.replace('\'', '"')))));
    }

    /** A list is a parameter that comes twice, also one of one text; and an object is no text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':'github','token':['t','u']}",
                "drf-social-oauth2|POST convert-token|{'grant_type':'convert_token','backend':['github','google'],'token':'t'}",
                "drf-social-oauth2|POST convert-token|{'grant_type':['convert_token'],'backend':'github','token':'t'}",
                "drf-social-oauth2|POST token|{'grant_type':'refresh_token','refresh_token':['r']}",
                "drf-social-oauth2|POST revoke-token|{'token':{'a':'b'}}",
                "dj-rest-auth|POST google|{'access_token':['t']}",
                "dj-rest-auth|POST google|{'access_token':'t','id_token':{}}",
                "dj-rest-auth|POST google|{'code':'t','redirect_uri':['a','b']}",
                "dj-rest-auth|POST logout|{'refresh':[]}",
                "rest-social-auth|POST social/jwt-pair|{'provider':['github'],'code':'t'}",
                "rest-social-auth|POST social/jwt-pair/github|{'code':'t','code_verifier':['v']}",
                "supabase|POST token?grant_type=id_token|{'provider':'google','id_token':'t','nonce':[]}",
                "supabase|POST token?grant_type=id_token|{'provider':'google','id_token':'t','link_identity':[true]}",
                "auth0|POST oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':'t','subject_token_type':'http://auth0.com/oauth/token-type/apple-authz-code','scope':['openid']}",
                "auth0|POST oauth/token|{'grant_type':'urn:ietf:params:oauth:grant-type:token-exchange','subject_token':'t','subject_token_type':'http://auth0.com/oauth/token-type/apple-authz-code','user_profile':[]}"
            })
    void aListIsNoText(String shape, String line, String body) {
        assertThatThrownBy(() -> read(shape, line, body))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.PARAMETER_INVALID));
    }

    /** A name twice, or an alias with a slip, would lead to nobody's provider. */
    @Test
    void namesAreThoseOfProvidersThatThereAre() {
        for (String file : new String[] {"python-social-auth", "allauth", "supabase"}) {
            assertThat(ProviderNames.of(file).all()).isNotEmpty().allSatisfy((name, provider) -> {
                assertThat(provider.alias()).matches("[a-z0-9-]+");
                assertThat(provider.name()).isEqualTo(name);
            });
        }
    }

    @Test
    void nothingPrintsATokenByAccident() {
        Meant exchange = read(
                "drf-social-oauth2",
                "POST convert-token",
                "{'grant_type':'convert_token','backend':'x','token':'secret'}");
        AppRequest request = Shapes.request("POST a", "{\"token\":\"secret\"}");

        assertThat(exchange.toString()).doesNotContain("secret");
        assertThat(request).hasToString("POST a");
        assertThat(Shapes.issued()).hasToString("tokens");
        assertThat(new Meant.Refresh("secret").toString()).doesNotContain("secret");
        assertThat(new Meant.Revoke("secret").toString()).doesNotContain("secret");
        assertThat(new Meant.Verify("secret").toString()).doesNotContain("secret");
    }

    private static Meant read(String shape, String line, String body) {
        return Shapes.named(shape).read(Shapes.request(line, body == null ? null : body.replace('\'', '"')));
    }
}
