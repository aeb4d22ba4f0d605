package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Request;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Providers of one test's own, for what would disturb others: faults without a token, new keys, a host's share. */
public final class OwnProviders implements AutoCloseable {
    private final Simulator simulator = Simulator.start(0);

    public Simulator simulator() {
        return simulator;
    }

    /** Another authority than the suite's, so that it has a share of its own. */
    public String url() {
        return "http://127.0.0.1:" + simulator.port();
    }

    /** As {@link Suite#identityProvider}, with all its URLs at these providers. */
    public String identityProvider(String like, Map<String, String> changedSettings) {
        JsonNode config = Suite.admin().identityProvider(like).path("config");
        Map<String, String> settings = new HashMap<>();
        ((ObjectNode) config)
                .properties()
                .forEach(entry -> settings.put(
                        entry.getKey(),
                        entry.getValue().asText().replace(Suite.providers().url(), url())));
        settings.remove("clientSecret"); // read back masked
        settings.putAll(changedSettings);
        return Suite.identityProvider(like, settings);
    }

    public Person newPerson() {
        return simulator.people().add(Suite.newPerson());
    }

    public Provider of(String like) {
        return ProviderTokens.of(simulator, like);
    }

    public OpenIdProvider openId(String like) {
        return ProviderTokens.openId(simulator, like);
    }

    public List<Request> requests(String host, String path) {
        return simulator.requests(host, path);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
