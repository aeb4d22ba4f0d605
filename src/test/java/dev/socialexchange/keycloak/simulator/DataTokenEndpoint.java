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
        Request request = rules.json() ? sent.jsonAsForm() : sent;
        try {
            if (!rules.byKey()) {
                provider.authenticate(request, rules.auth());
            }
            for (String name : rules.requires()) {
                if (request.parameter(name) == null || request.parameter(name).isEmpty()) {
                    throw OAuthFailure.invalidRequest("Missing required parameter: " + name);
                }
            }
        } catch (OAuthFailure e) {
            return provider.refusal(e, request);
        }
        return endpoint.answer(request);
    }
}
