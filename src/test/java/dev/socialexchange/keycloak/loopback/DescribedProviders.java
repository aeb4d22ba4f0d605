package dev.socialexchange.keycloak.loopback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Simulator;
import dev.socialexchange.keycloak.type.Conformance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every type with a descriptor, set up as its admin would. Our own types' URLs lead to the simulator one by one; those of
 * Keycloak's are called as they are, behind the simulator's proxy.
 */
public final class DescribedProviders {

    private DescribedProviders() {}

    public static ExchangeIdentityProvider of(String id) {
        return of(id, id, Map.of());
    }

    public static ExchangeIdentityProvider of(String id, String alias, Map<String, String> settings) {
        return RealTypes.create(alias, type(id), true, settings(Loopback.providers(), id, settings));
    }

    public static String type(String id) {
        return Objects.requireNonNullElse(simulated(id).data().type(), id);
    }

    /** As its admin would enter them, for the simulators that run there. */
    public static Map<String, String> settings(Simulator providers, String id, Map<String, String> further) {
        DataProvider simulated = providers.described(id);
        Map<String, String> config = new HashMap<>(Map.of(
                "clientId", simulated.clientId(),
                "clientSecret", simulated.secret(simulated.clientId()),
                "exchangeEndpoints", Conformance.signsInByKeycloak(id) ? "[]" : endpoints(providers, simulated)));
        config.putAll(simulated.data().settings());
        config.putAll(further);
        return config;
    }

    public static DataProvider simulated(String id) {
        return Loopback.providers().described(id);
    }

    private static String endpoints(Simulator providers, DataProvider simulated) {
        List<Map<String, String>> prefixes = simulated.data().urls().stream()
                .map(url -> Map.of("key", url, "value", url.replace("https:/", providers.url())))
                .toList();
        try {
            return new ObjectMapper().writeValueAsString(prefixes);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
