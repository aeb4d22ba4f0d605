package dev.socialexchange.keycloak.simulator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A provider as data: {@code src/simulator/resources/simulator/<id>.yaml}. Answers are templates, see {@link Template}.
 *
 * @param type the identity provider's, if it is not the id
 * @param clientId our app's
 * @param appId by which answers name our app, where it is not the client id
 * @param foreignAppId the same of the other app
 * @param scopes that a token has unless something else was asked for
 * @param accessToken template of a token's text
 * @param accessTokenClaims for tokens that are signed JWTs instead
 * @param idToken null if there is none
 * @param discovery null if there is none
 * @param beside further addresses of a provider that is a class, which no login calls
 * @param revocation where access tokens are taken back, null if nowhere
 * @param withdrawal where all that a person has allowed is taken back, null if it is not another place than that
 * @param migration where both teams of an app transfer learn people's ids, null if nowhere
 * @param gzip whether answers about tokens are always compressed
 * @param signedData null if there is none
 * @param limited how this provider says "too many requests"
 * @param settings what the identity provider needs beside client id and secret
 * @param identity what Keycloak has to make of a person: id, username, email, emailVerified, firstName, lastName
 * @param usernameWithoutEmail for people whose username above is missing; null stands for the id
 * @param identityOfIdToken where an id token leads to something else
 * @param identityInBrowser where a first browser login leads to something else than a code does
 * @param codeTellsAsIdToken whether a code leads to what an id token does, and not to what an access token does
 */
public record ProviderData(
        String type,
        String clientId,
        Object appId,
        Object foreignAppId,
        List<String> scopes,
        Authorize authorize,
        Token token,
        String accessToken,
        Map<String, Object> accessTokenClaims,
        IdToken idToken,
        SignedData signedData,
        Published discovery,
        List<String> beside,
        List<Api> api,
        Api revocation,
        Api withdrawal,
        String migration,
        boolean gzip,
        Failure limited,
        Map<String, String> settings,
        Map<String, Object> identity,
        String usernameWithoutEmail,
        Map<String, Object> identityOfIdToken,
        Map<String, Object> identityInBrowser,
        boolean codeTellsAsIdToken) {

    /** A value that only has to be there. */
    public static final String ANY = "*";

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public ProviderData {
        api = Objects.requireNonNullElse(api, List.of());
        beside = Objects.requireNonNullElse(beside, List.of());
        settings = Objects.requireNonNullElse(settings, Map.of());
        identityOfIdToken = Objects.requireNonNullElse(identityOfIdToken, Map.of());
        identityInBrowser = Objects.requireNonNullElse(identityInBrowser, Map.of());
    }

    /**
     * @param pkce whether an authorization request without a challenge is refused
     * @param query parameters without which an authorization request is refused
     * @param user JSON that comes with the code, as the parameter "user", at the first login only
     */
    public record Authorize(String url, boolean pkce, Map<String, String> query, Map<String, Object> user) {

        public Authorize {
            query = Objects.requireNonNullElse(query, Map.of());
        }
    }

    /**
     * @param auth {@code basic}, {@code post} or {@code jwt}, a secret that the client signs: the only way in which this
     *     endpoint knows a client
     * @param by {@code json}, or {@code query} of a GET, if forms are refused
     * @param adds to the standard answer, or replaces parts of it
     * @param formUrl an older address of it, whose answers are forms
     * @param refused how a bad code is answered, if not by RFC 6749
     * @param wrongSecret how a wrong secret is answered, if not by RFC 6749
     * @param unknownClient how a client is answered that there is not, if not like a wrong secret
     * @param unregistered how a redirect URI is answered that is not registered, if not like a bad code
     * @param parameters own names of {@code client_id} and {@code client_secret}, here and in the browser; the standard's
     *     are not known then
     * @param further what the redirect carries beside a code, and has to come back with it; {@link #ANY} for whatever it is
     * @param refreshes whether there are refresh tokens
     * @param refreshUrl where alone they are taken, null for {@code url}
     */
    public record Token(
            String url,
            String formUrl,
            String auth,
            String by,
            Map<String, Object> adds,
            Failure refused,
            Failure wrongSecret,
            Failure unknownClient,
            Failure unregistered,
            Map<String, String> parameters,
            Map<String, String> further,
            boolean refreshes,
            String refreshUrl) {

        public Token {
            parameters = Objects.requireNonNullElse(parameters, Map.of());
            further = Objects.requireNonNullElse(further, Map.of());
        }

        boolean byKey() {
            return "jwt".equals(auth);
        }

        boolean byJson() {
            return "json".equals(by);
        }

        boolean byQuery() {
            return "query".equals(by);
        }
    }

    /**
     * A discovery document.
     *
     * @param says beside issuer, addresses of authorization, tokens and keys, and the algorithm, or in their place
     */
    public record Published(String url, Map<String, Object> says) {

        public Published {
            says = Objects.requireNonNullElse(says, Map.of());
        }
    }

    /** @param botToken the secret that Telegram shares with our bot */
    public record SignedData(String botToken) {}

    /**
     * @param algorithm HS256 means by the client's secret
     * @param verify where the provider verifies such tokens, null if nowhere
     * @param always whether there is one without the scope {@code openid}, too
     */
    public record IdToken(
            String issuer, String algorithm, String keys, String verify, boolean always, Map<String, Object> claims) {

        boolean bySecret() {
            return algorithm.startsWith("HS");
        }
    }

    /**
     * An endpoint that says something about an access token.
     *
     * @param token how it is presented: {@code bearer}, {@code oauth}, {@code json} for a body's field, or the name of a
     *     {@code query} or {@code form} field
     * @param client {@code basic}, {@code post} or {@code jwt} if clients have to authenticate
     * @param headers that a request must have; {@code "*"} is any value
     * @param query that a request's query or form must have, each value containing this text
     * @param fields null unless the request lists what it wants of the answer
     * @param empty whether a body, or a content type, is refused
     * @param expired null means as {@code refused}
     */
    public record Api(
            String get,
            String post,
            String token,
            String client,
            Map<String, String> headers,
            Map<String, String> query,
            Fields fields,
            boolean empty,
            Object answer,
            Failure refused,
            Failure expired) {

        public Api {
            headers = Objects.requireNonNullElse(headers, Map.of());
            query = Objects.requireNonNullElse(query, Map.of());
        }

        public String url() {
            return get != null ? get : post;
        }
    }

    /**
     * @param parameter of the request that lists them, separated by commas
     * @param of the way to the object of the answer whose fields they are
     * @param scopes by field, where one needs a scope of its own
     * @param unscoped how a request for a field is refused whose scope the token lacks
     */
    public record Fields(String parameter, List<String> of, Map<String, String> scopes, Failure unscoped) {}

    /** An answer that is none: JSON, or a text that is not JSON. If both are null, it is empty. */
    public record Failure(int status, Map<String, String> headers, Object body, String text) {

        public Failure {
            headers = Objects.requireNonNullElse(headers, Map.of());
        }

        Response response() {
            Response response = body == null ? Response.empty(status) : Response.json(status, body);
            if (text != null) {
                response = Response.text(status, "text/plain; charset=utf-8", text);
            }
            for (Map.Entry<String, String> header : headers.entrySet()) {
                response = response.with(header.getKey(), header.getValue());
            }
            return response;
        }

        /** For requests that carry the token. */
        public Fault fault(String token) {
            return Fault.json(status, body == null ? "" : Json.write(body), headers)
                    .forToken(token);
        }
    }

    /** Everything that our side may call, or send a browser to. */
    public List<String> urls() {
        return Stream.concat(
                        Stream.of(
                                authorize.url(),
                                token.url(),
                                token.refreshUrl(),
                                idToken == null ? null : idToken.keys(),
                                idToken == null ? null : idToken.verify(),
                                discovery == null ? null : discovery.url()),
                        Stream.concat(
                                beside.stream(),
                                Stream.concat(
                                                api.stream(),
                                                Stream.of(revocation, withdrawal)
                                                        .filter(Objects::nonNull))
                                        .map(Api::url)))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    static String host(String url) {
        return URI.create(url).getHost();
    }

    static String path(String url) {
        return URI.create(url).getPath();
    }

    static ProviderData read(InputStream yaml, String source) {
        try (yaml) {
            return YAML.readValue(yaml, ProviderData.class);
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }
}
