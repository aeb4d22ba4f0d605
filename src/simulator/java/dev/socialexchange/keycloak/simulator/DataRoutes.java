package dev.socialexchange.keycloak.simulator;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a provider that is data answers what. */
final class DataRoutes {

    private final Router router;
    private final DataProvider provider;
    private final ProviderData data;

    DataRoutes(Router router, DataProvider provider) {
        this.router = router;
        this.provider = provider;
        this.data = provider.data();
    }

    void add(People people) {
        ProviderData.Token token = data.token();
        AuthorizeEndpoint page = new AuthorizeEndpoint(provider, people);
        String authorize = data.authorize().url();
        router.getOrPost(
                ProviderData.host(authorize),
                path(authorize),
                request -> lacksParameter(request)
                        ? Response.html(400, ConsentPage.error("A parameter is missing, perhaps PKCE's."))
                        : page.answer(request.renamed(token.parameters())));
        DataTokenEndpoint tokens = new DataTokenEndpoint(provider);
        route(token.byQuery(), token.url(), tokens);
        if (token.formUrl() != null) {
            route(false, token.formUrl(), tokens::form);
        }
        if (token.refreshUrl() != null) {
            route(token.byQuery(), token.refreshUrl(), tokens::refresh);
        }
        for (ProviderData.Api api : data.api()) {
            route(api.get() != null, api.url(), new DataEndpoint(provider, api, EnumSet.of(Grant.Kind.ACCESS)));
        }
        Stream.of(data.revocation(), data.withdrawal()).filter(Objects::nonNull).forEach(this::revocation);
        if (data.migration() != null) {
            route(false, data.migration(), new MigrationEndpoint(provider));
        }
        if (data.idToken() != null) {
            route(true, data.idToken().keys(), provider::publicKeys);
            if (data.discovery() != null) {
                route(true, data.discovery().url(), this::discovery);
            }
            if (data.idToken().verify() != null) {
                route(false, data.idToken().verify(), new VerifyEndpoint(provider));
            }
        }
    }

    private void revocation(ProviderData.Api api) {
        DataEndpoint known = new DataEndpoint(provider, api, EnumSet.allOf(Grant.Kind.class));
        route(false, api.url(), request -> {
            Response answer = known.answer(request);
            if (answer.status() == 200) {
                provider.revoke(known.token(request));
            }
            return answer;
        });
    }

    private Response discovery(Request request) {
        Map<String, Object> document = Discovery.document(
                data.idToken().issuer(),
                data.authorize().url(),
                data.token().url(),
                null,
                data.idToken().keys(),
                null,
                data.idToken().bySecret() ? "ES256" : data.idToken().algorithm());
        document.putAll(data.discovery().says());
        return provider.discovery(document);
    }

    private boolean lacksParameter(Request request) {
        return data.authorize().pkce() && request.parameter("code_challenge") == null
                || !request.query()
                        .entrySet()
                        .containsAll(data.authorize().query().entrySet());
    }

    private void route(boolean get, String url, Endpoint endpoint) {
        if (get) {
            router.get(ProviderData.host(url), path(url), endpoint);
        } else {
            router.post(ProviderData.host(url), path(url), endpoint);
        }
    }

    private static String path(String url) {
        return Pattern.quote(ProviderData.path(url));
    }
}
