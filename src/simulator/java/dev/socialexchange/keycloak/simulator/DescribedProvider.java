package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One of the providers that are classes, with what a test has to know of it as data. */
final class DescribedProvider extends DataProvider {

    private final Provider served;

    DescribedProvider(String id, ProviderData data, Provider served) {
        super(id, data);
        this.served = served;
    }

    @Override
    void addRoutes(Router router, People people) {
        throw new UnsupportedOperationException("the class has them");
    }

    @Override
    public String accessToken(String client, Person person) {
        return served.accessToken(client, person);
    }

    @Override
    public String neverIssued() {
        return "never-issued-" + Digests.random(40);
    }

    @Override
    public boolean expire(String token) {
        return served.expire(token);
    }

    @Override
    public String code(String client, Person person, String redirectUri, String challenge) {
        return served.code(client, person, redirectUri, challenge);
    }

    @Override
    public String idToken(
            String client, Person person, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        return ((OpenIdProvider) served).idToken(client, person, claims, header);
    }

    @Override
    public String idTokenText(
            String client, Person person, UnaryOperator<String> header, UnaryOperator<String> claims) {
        return ((OpenIdProvider) served).idTokenText(client, person, header, claims);
    }
}
