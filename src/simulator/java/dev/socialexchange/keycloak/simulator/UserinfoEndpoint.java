package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.function.Function;

/** OpenID Connect Core section 5.3, with the challenge of RFC 6750 section 3. */
final class UserinfoEndpoint implements Endpoint {

    private final Provider provider;
    private final Function<Grant, Map<String, Object>> userinfo;

    UserinfoEndpoint(Provider provider, Function<Grant, Map<String, Object>> userinfo) {
        this.provider = provider;
        this.userinfo = userinfo;
    }

    @Override
    public Response answer(Request request) {
        String token = request.bearer().orElse(request.form().get("access_token"));
        if (token == null) {
            return Response.empty(401).with("WWW-Authenticate", "Bearer");
        }
        return provider.findValid(token, Grant.Kind.ACCESS)
                .map(grant -> Response.json(200, userinfo.apply(grant)))
                .orElseGet(() -> Response.json(
                                401,
                                Json.object("error", "invalid_token", "error_description", "Token verification failed"))
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }
}
