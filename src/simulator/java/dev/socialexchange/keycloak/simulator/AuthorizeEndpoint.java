package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page in the browser. Without a choice it asks who is there; {@code login=<id or username>} approves as that person
 * and {@code deny=true} refuses, so that a test can answer with one request.
 *
 * <p>With {@code response_mode=form_post} the answer is a page that posts itself. All providers answer {@code response_type=code} in the query and {@code token}, {@code id_token} or both in the
 * fragment, also those whose real front ends get a token from an SDK instead.
 */
final class AuthorizeEndpoint implements Endpoint {

    private static final Set<String> RESPONSE_TYPES =
            Set.of("code", "token", "id_token", "id_token token", "token id_token", "code id_token", "code token");

    private final Provider provider;
    private final People people;

    AuthorizeEndpoint(Provider provider, People people) {
        this.provider = provider;
        this.people = people;
    }

    @Override
    public Response answer(Request request) {
        String client = request.parameter("client_id");
        String redirectUri = request.parameter("redirect_uri");
        if (client == null || provider.secret(client) == null) {
            return Response.html(400, ConsentPage.error("This app is not registered here."));
        }
        if (redirectUri == null || !redirectUri.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.+")) {
            return Response.html(400, ConsentPage.error("The redirect URI is missing or not absolute."));
        }
        String responseType =
                Optional.ofNullable(request.parameter("response_type")).orElse("code");
        boolean inFragment = responseType.contains("token");
        if (!RESPONSE_TYPES.contains(responseType)
                || responseType.contains("id_token") && !(provider instanceof OpenIdProvider)) {
            return redirect(request, false, Json.object("error", "unsupported_response_type"));
        }
        if (request.parameter("code_challenge") != null && !"S256".equals(request.parameter("code_challenge_method"))) {
            return redirect(
                    request, inFragment, Json.object("error", "invalid_request", "error_description", "S256 only"));
        }
        if (request.parameter("deny") != null) {
            return redirect(request, inFragment, provider.denial());
        }
        Optional<Person> person =
                Optional.ofNullable(request.parameter("login")).flatMap(people::find);
        if (person.isEmpty()) {
            return Response.html(200, ConsentPage.choice(request, people.all()));
        }
        return redirect(request, inFragment, approve(request, client, redirectUri, person.get(), responseType));
    }

    private Map<String, Object> approve(
            Request request, String client, String redirectUri, Person person, String responseType) {
        AuthorizationCode agreed = new AuthorizationCode(
                client,
                person,
                provider.requestedScopes(request),
                redirectUri,
                request.parameter("code_challenge"),
                request.parameter("nonce"));
        Set<String> wanted = Set.of(responseType.split(" "));
        Map<String, Object> answer = Json.object();
        if (wanted.contains("code")) {
            answer.put("code", provider.code(agreed));
            answer.putAll(provider.besideCode(client, person));
        }
        if (wanted.contains("token")) {
            answer.putAll(provider.issue(agreed));
            answer.remove("id_token");
        }
        if (wanted.contains("id_token") && provider instanceof OpenIdProvider openId) {
            answer.put("id_token", openId.idTokenFor(agreed, (String) answer.get("access_token")));
        }
        return answer;
    }

    private Response redirect(Request request, boolean inFragment, Map<String, Object> answer) {
        answer.put("state", request.parameter("state"));
        String redirectUri = request.parameter("redirect_uri");
        if ("form_post".equals(request.parameter("response_mode"))) {
            return Response.html(200, ConsentPage.formPost(redirectUri, answer));
        }
        String separator = inFragment ? "#" : redirectUri.contains("?") ? "&" : "?";
        return Response.redirect(redirectUri + separator + Forms.write(answer));
    }
}
