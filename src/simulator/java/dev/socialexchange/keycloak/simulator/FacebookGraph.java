package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What of the Graph API a login needs, and the end of it. */
final class FacebookGraph {

    private final Facebook facebook;

    FacebookGraph(Facebook facebook) {
        this.facebook = facebook;
    }

    Response me(Request request) {
        return withToken(request, (token, grant) -> {
            String fields = Optional.ofNullable(request.parameter("fields")).orElse("id,name");
            Map<String, Object> all = allFields(grant);
            Map<String, Object> answer = Json.object();
            for (String field : fields.split(",")) {
                if (!all.containsKey(field)) {
                    return FacebookError.oauth(
                                    100, "(#100) Tried accessing nonexisting field (" + field + ") on node type (User)")
                            .response(400);
                }
                if (all.get(field) != null) {
                    answer.put(field, all.get(field));
                }
            }
            answer.putIfAbsent("id", all.get("id"));
            return Response.json(200, answer);
        });
    }

    /** An app's own token is its id and its secret; it reads the app, as a person's token does. */
    Response app(Request request) {
        String own = request.bearer().orElse("");
        if (own.contains("|")) {
            String[] parts = own.split("\\|", 2);
            return parts[1].equals(facebook.secret(parts[0]))
                    ? Response.json(200, Json.object("name", "Example Shop", "id", parts[0]))
                    : FacebookError.oauth(190, "Invalid OAuth access token signature.")
                            .response(400);
        }
        return withToken(
                request,
                (token, grant) -> Response.json(200, Json.object("name", "Example Shop", "id", grant.clientId())));
    }

    /** All permissions of a person, who alone can give them up. */
    Response withdraw(Request request) {
        return withToken(request, (token, grant) -> {
            if (!facebook.subject(grant.clientId(), grant.person()).equals(request.pathVariable())) {
                return FacebookError.oauth(200, "(#200) Permissions error").response(403);
            }
            facebook.revoke(token);
            return Response.json(200, Json.object("success", true));
        });
    }

    private Map<String, Object> allFields(Grant grant) {
        Person person = grant.person();
        String picture = "https://platform-lookaside.fbsbx.com/" + person.id();
        return Json.object(
                "id", facebook.subject(grant.clientId(), person),
                "name", person.name(),
                "first_name", person.givenName(),
                "last_name", person.familyName(),
                "email", grant.allows("email") ? person.email() : null,
                "picture",
                        Json.object(
                                "data",
                                Json.object("height", 50, "is_silhouette", false, "url", picture, "width", 50)));
    }

    private Response withToken(Request request, BiFunction<String, Grant, Response> answer) {
        String token = request.bearer().orElse(request.parameter("access_token"));
        if (token == null) {
            return FacebookError.oauth(
                            2500, "An active access token must be used to query information about the current user.")
                    .response(400);
        }
        Optional<Grant> found = facebook.find(token);
        if (found.isEmpty()) {
            return FacebookError.invalidToken().response(400);
        }
        Grant grant = found.get();
        if (!grant.valid()) {
            return FacebookError.ended(grant).response(400);
        }
        String proof = request.parameter("appsecret_proof");
        if (proof != null && !proof.equals(proof(grant, token))) {
            return new FacebookError(
                            "GraphMethodException", 100, null, "Invalid appsecret_proof provided in the API argument")
                    .response(400);
        }
        return answer.apply(token, grant);
    }

    /** Null for an app that the simulator has no secret of, which no proof matches. */
    private String proof(Grant grant, String token) {
        String secret = facebook.secret(grant.clientId());
        return secret == null ? null : Digests.hmacSha256Hex(secret, token);
    }
}
