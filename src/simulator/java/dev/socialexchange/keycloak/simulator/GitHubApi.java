package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The REST API's four calls that a login needs. */
final class GitHubApi {

    static final String DOCUMENTATION = "https://docs.github.com/rest";

    private final GitHub github;

    GitHubApi(GitHub github) {
        this.github = github;
    }

    Response user(Request request) {
        return withToken(request, grant -> Response.json(200, profile(grant.person())));
    }

    /** The only place where an address says whether it is verified. */
    Response emails(Request request) {
        return withToken(request, grant -> {
            if (!grant.allows("user:email") && !grant.allows("user")) {
                return error(404, "Not Found");
            }
            Person person = grant.person();
            return Response.json(
                    200,
                    person.email() == null
                            ? List.of()
                            : List.of(
                                    email(person.email(), true, person.emailVerified(), "private"),
                                    email(noReply(person), false, true, null)));
        });
    }

    Response checkToken(Request request) {
        return withApplicationToken(request, (token, grant) -> {
            Person person = grant.person();
            long id = Long.parseLong(person.id());
            return Response.json(
                    200,
                    Json.object(
                            "id", id % 100_000,
                            "url", "https://api.github.com/authorizations/" + id % 100_000,
                            "app",
                                    Json.object(
                                            "client_id", grant.clientId(),
                                            "name", "Example Shop",
                                            "url", "https://shop.example"),
                            "token", token,
                            "hashed_token", Digests.sha256Hex(token),
                            "token_last_eight", token.substring(token.length() - 8),
                            "scopes", List.copyOf(grant.scopes()),
                            "note", null,
                            "created_at", grant.issuedAt().toString(),
                            "updated_at", grant.issuedAt().toString(),
                            "expires_at",
                                    grant.expiresAt() == null
                                            ? null
                                            : grant.expiresAt().toString(),
                            "user",
                                    Json.object(
                                            "login",
                                            person.username(),
                                            "id",
                                            id,
                                            "type",
                                            "User",
                                            "site_admin",
                                            false)));
        });
    }

    Response deleteToken(Request request) {
        return withApplicationToken(request, (token, grant) -> {
            github.revoke(token);
            return Response.empty(204);
        });
    }

    private interface TokenAnswer {
        Response answer(String token, Grant grant);
    }

    /** Tokens of other apps, and those that people made by hand, look like tokens that do not exist. */
    private Response withApplicationToken(Request request, TokenAnswer answer) {
        if (request.header("user-agent") == null) {
            return userAgentMissing();
        }
        Optional<Credentials> credentials = request.credentials();
        if (credentials.isEmpty()
                || credentials.get().secret() == null
                || !credentials
                        .get()
                        .secret()
                        .equals(github.secret(credentials.get().clientId()))) {
            return error(401, "Bad credentials");
        }
        if (!credentials.get().clientId().equals(request.pathVariable())) {
            return error(404, "Not Found");
        }
        if (!(Json.read(request.body()).get("access_token") instanceof String token) || token.isEmpty()) {
            return error(422, "Validation Failed");
        }
        return github.findValid(token, Grant.Kind.ACCESS)
                .filter(grant -> grant.clientId().equals(request.pathVariable()))
                .map(grant -> answer.answer(token, grant))
                .orElseGet(() -> error(404, "Not Found"));
    }

    private Response withToken(Request request, Function<Grant, Response> answer) {
        if (request.header("user-agent") == null) {
            return userAgentMissing();
        }
        if (request.header("authorization") == null) {
            return error(401, "Requires authentication");
        }
        return request.bearer()
                .flatMap(token -> github.findValid(token, Grant.Kind.ACCESS))
                .map(grant -> answer.apply(grant).with("X-OAuth-Scopes", String.join(", ", grant.scopes())))
                .orElseGet(() -> error(401, "Bad credentials"));
    }

    /** The address in the profile is the public one, which most people do not have. */
    private static Map<String, Object> profile(Person person) {
        return Json.object(
                "login",
                person.username(),
                "id",
                Long.parseLong(person.id()),
                "node_id",
                "U_" + person.id(),
                "avatar_url",
                "https://avatars.githubusercontent.com/u/" + person.id() + "?v=4",
                "html_url",
                "https://github.com/" + person.username(),
                "type",
                "User",
                "site_admin",
                false,
                "name",
                person.name(),
                "email",
                null,
                "created_at",
                "2015-05-05T05:05:05Z");
    }

    private static Map<String, Object> email(String address, boolean primary, boolean verified, String visibility) {
        return Json.object("email", address, "primary", primary, "verified", verified, "visibility", visibility);
    }

    private static String noReply(Person person) {
        return person.id() + "+" + person.username() + "@users.noreply.github.com";
    }

    private static Response error(int status, String message) {
        return Response.json(
                status,
                Json.object(
                        "message", message, "documentation_url", DOCUMENTATION, "status", Integer.toString(status)));
    }

    private static Response userAgentMissing() {
        return Response.text(
                403,
                "text/plain; charset=utf-8",
                "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\n");
    }
}
