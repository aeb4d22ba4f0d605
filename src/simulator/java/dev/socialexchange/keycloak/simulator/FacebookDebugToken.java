package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facebook's binding check, authenticated by an app token {@code id|secret}. */
final class FacebookDebugToken implements Endpoint {

    private final Facebook facebook;

    FacebookDebugToken(Facebook facebook) {
        this.facebook = facebook;
    }

    @Override
    public Response answer(Request request) {
        String appToken = request.bearer().orElse(request.parameter("access_token"));
        if (appToken == null) {
            return FacebookError.oauth(2500, "An access token is required to request this resource.")
                    .response(400);
        }
        String[] parts = appToken.split("\\|", 2);
        if (parts.length != 2 || !parts[1].equals(facebook.secret(parts[0]))) {
            return FacebookError.oauth(190, "Invalid OAuth access token signature.")
                    .response(400);
        }
        String inputToken = request.parameter("input_token");
        if (inputToken == null) {
            return FacebookError.oauth(100, "(#100) You must provide an input token")
                    .response(400);
        }
        return Response.json(200, Json.object("data", describe(parts[0], inputToken)));
    }

    private Map<String, Object> describe(String viewingApp, String inputToken) {
        Optional<Grant> found = facebook.find(inputToken);
        if (found.isEmpty()) {
            return refused(FacebookError.oauth(190, "Invalid OAuth access token."));
        }
        Grant grant = found.get();
        if (!grant.clientId().equals(viewingApp)) {
            return refused(
                    FacebookError.oauth(100, "(#100) The App_id in the input_token did not match the Viewing App"));
        }
        Map<String, Object> data = Json.object(
                "app_id",
                grant.clientId(),
                "type",
                "USER",
                "application",
                "Example Shop",
                "data_access_expires_at",
                grant.issuedAt().plusSeconds(90L * 24 * 3600).getEpochSecond());
        if (!grant.valid()) {
            data.put("error", FacebookError.ended(grant).debugged());
        }
        data.put("expires_at", grant.expiresAt().getEpochSecond());
        data.put("is_valid", grant.valid());
        data.put("issued_at", grant.issuedAt().getEpochSecond());
        data.put("scopes", List.copyOf(grant.scopes()));
        data.put("user_id", facebook.subject(grant.clientId(), grant.person()));
        return data;
    }

    private static Map<String, Object> refused(FacebookError error) {
        return Json.object("error", error.debugged(), "is_valid", false, "scopes", List.of());
    }
}
