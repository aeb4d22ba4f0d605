package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Copies of the demo realm's identity providers that differ in more than settings. */
public final class ProviderCopies {

    private ProviderCopies() {}

    /** A copy that lacks some settings and has others; answers its alias. */
    public static String without(String like, List<String> removed, Map<String, String> settings) {
        return copy(like, provider -> {
            ObjectNode config = (ObjectNode) provider.get("config");
            config.remove(removed);
            settings.forEach(config::put);
        });
    }

    public static String without(String like, String... removed) {
        return without(like, Arrays.asList(removed), Map.of());
    }

    public static String copy(String like, Consumer<ObjectNode> change) {
        String alias = Suite.unique(like);
        Provider simulated = ProviderTokens.of(like);
        ObjectNode copy = Suite.admin().identityProvider(like).deepCopy();
        copy.remove("internalId");
        copy.put("alias", alias);
        ((ObjectNode) copy.get("config")).put("clientSecret", simulated.secret(simulated.clientId()));
        change.accept(copy);
        Suite.admin().createIdentityProvider(copy);
        return alias;
    }
}
