package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** RFC 7662, which leaves it to the server how much it says about another client's token: here, everything. */
final class IntrospectionEndpoint implements Endpoint {

    private final Provider provider;
    private final Function<Grant, Map<String, Object>> description;

    IntrospectionEndpoint(Provider provider, Function<Grant, Map<String, Object>> description) {
        this.provider = provider;
        this.description = description;
    }

    @Override
    public Response answer(Request request) {
        try {
            Clients.authenticate(provider, request, false);
        } catch (OAuthFailure e) {
            return provider.refusal(e, request);
        }
        Optional<Grant> grant = provider.find(request.form().get("token")).filter(Grant::valid);
        Map<String, Object> answer = Json.object("active", grant.isPresent());
        grant.map(description).ifPresent(answer::putAll);
        return Response.json(200, answer);
    }
}
