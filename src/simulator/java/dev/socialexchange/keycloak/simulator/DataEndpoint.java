package dev.socialexchange.keycloak.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says something about a token, the way the provider's data tells. */
final class DataEndpoint implements Endpoint {

    private final DataProvider provider;
    private final ProviderData.Api rules;
    private final Set<Grant.Kind> kinds;

    DataEndpoint(DataProvider provider, ProviderData.Api rules, Set<Grant.Kind> kinds) {
        this.provider = provider;
        this.rules = rules;
        this.kinds = kinds;
    }

    @Override
    public Response answer(Request request) {
        Response answer = plain(request);
        return provider.data().gzip() ? answer.with(Delivery.CONTENT_ENCODING, Delivery.GZIP) : answer;
    }

    private Response plain(Request request) {
        if (rules.client() != null) {
            try {
                provider.authenticate(request.renamed(provider.data().token().parameters()), rules.client());
            } catch (OAuthFailure e) {
                return provider.refusal(e, request);
            }
        }
        if (rules.empty() && (!request.body().isEmpty() || request.header("content-type") != null)) {
            return Response.text(400, "text/plain; charset=utf-8", "Error in call: request body could not be parsed");
        }
        boolean asked = rules.query().entrySet().stream()
                .allMatch(wanted -> Objects.requireNonNullElse(request.parameter(wanted.getKey()), "")
                        .contains(wanted.getValue()));
        if (!asked) {
            return Response.json(400, Json.object("error", "invalid_request", "error_description", "Query missing"));
        }
        Optional<Grant> grant =
                provider.find(token(request)).filter(found -> kinds.contains(found.kind()) && !found.revoked());
        if (grant.isPresent() && grant.get().expired() && rules.expired() != null) {
            return rules.expired().response();
        }
        if (grant.isPresent() && lacksScope(grant.get(), request)) {
            return rules.fields().unscoped().response();
        }
        return grant.filter(found -> !found.expired())
                .map(found -> provider.values(found.clientId(), found.person(), found))
                .filter(values -> headersFit(request, values))
                .map(values -> Response.json(200, wanted(request, Template.fill(rules.answer(), values))))
                .orElseGet(() -> rules.refused().response());
    }

    private List<String> names(Request request) {
        String listed = request.parameter(rules.fields().parameter());
        return List.of(Objects.requireNonNullElse(listed, "").split(","));
    }

    private boolean lacksScope(Grant grant, Request request) {
        return rules.fields() != null
                && names(request).stream()
                        .map(rules.fields().scopes()::get)
                        .anyMatch(scope -> scope != null && !grant.scopes().contains(scope));
    }

    /** The answer with those fields only that the request lists. */
    private Object wanted(Request request, Object answer) {
        if (rules.fields() != null) {
            Map<?, ?> object = (Map<?, ?>) answer;
            for (String step : rules.fields().of()) {
                object = (Map<?, ?>) object.get(step);
            }
            object.keySet().retainAll(names(request));
        }
        return answer;
    }

    private boolean headersFit(Request request, Map<String, Object> values) {
        return rules.headers().entrySet().stream().allMatch(wanted -> {
            String value = request.header(wanted.getKey());
            return value != null
                    && (wanted.getValue().equals("*") || value.equals(Template.fill(wanted.getValue(), values)));
        });
    }

    String token(Request request) {
        return switch (rules.token()) {
            case "bearer" -> request.bearer().orElse(null);
            case "oauth" -> {
                String header = request.header("authorization");
                yield header != null && header.startsWith("OAuth ") ? header.substring("OAuth ".length()) : null;
            }
            case "json" -> String.valueOf(Json.read(request.body()).get("token"));
            default ->
                rules.get() != null
                        ? request.query().get(rules.token())
                        : request.form().get(rules.token());
        };
    }
}
