package dev.socialexchange.keycloak.simulator;

/** A token endpoint that is as particular as the provider's data says. */
final class DataTokenEndpoint implements Endpoint {

    private final DataProvider provider;
    private final ProviderData.Token rules;
    private final TokenEndpoint endpoint;

    DataTokenEndpoint(DataProvider provider) {
        this.provider = provider;
        this.rules = provider.data().token();
        this.endpoint = new TokenEndpoint(provider);
    }

    @Override
    public Response answer(Request sent) {
        return rules.refreshUrl() != null && refreshes(sent) ? notHere(sent) : answerAny(sent);
    }

    /** At an address of its own. */
    Response refresh(Request sent) {
        return refreshes(sent) ? answerAny(sent) : notHere(sent);
    }

    private static boolean refreshes(Request sent) {
        return "refresh_token".equals(sent.parameter("grant_type"));
    }

    private Response notHere(Request sent) {
        return provider.refusal(new OAuthFailure(400, "unsupported_grant_type", "Not here"), sent);
    }

    private Response answerAny(Request sent) {
        Request request = (rules.byJson() ? sent.jsonAsForm() : sent).renamed(rules.parameters());
        try {
            if (!rules.byKey()) {
                provider.authenticate(request, rules.auth());
            }
            rules.further().forEach((name, value) -> {
                String given = request.parameter(name);
                if (given == null || given.isEmpty() || !value.equals(ProviderData.ANY) && !value.equals(given)) {
                    throw OAuthFailure.invalidRequest(name + " is missing or wrong");
                }
            });
        } catch (OAuthFailure e) {
            return provider.refusal(e, request);
        }
        return endpoint.answer(request);
    }

    /** The standard's answer as a form, as at the older address. */
    Response form(Request request) {
        Response json = endpoint.answer(request);
        return Response.form(json.status(), Json.read(json.body()));
    }
}
