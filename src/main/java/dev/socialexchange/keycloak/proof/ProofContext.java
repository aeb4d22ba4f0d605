package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What every verifier of one proof works with. */
record ProofContext(
        Surroundings surroundings,
        ExchangeIdentityProvider provider,
        Descriptor descriptor,
        ExchangeSettings settings,
        AppRegistration app,
        Endpoints endpoints,
        Deadline deadline) {

    static ProofContext of(Surroundings surroundings, ExchangeIdentityProvider provider) {
        ExchangeSettings settings = provider.settings();
        return new ProofContext(
                surroundings,
                provider,
                provider.descriptor(),
                settings,
                AppRegistration.of(surroundings.secrets(), provider.getConfig(), settings),
                provider.endpoints(),
                surroundings.calls().within(settings.timeout()));
    }

    /** The same app under another of its client ids. */
    ProofContext as(String clientId) {
        return with(app.as(clientId));
    }

    ProofContext with(AppRegistration other) {
        return new ProofContext(surroundings, provider, descriptor, settings, other, endpoints, deadline);
    }

    ProviderCalls calls() {
        return surroundings.calls();
    }

    /** Seconds since the epoch. */
    long now() {
        return surroundings.now();
    }

    void look(Look at) {
        surroundings.journal().look(at);
    }

    /** What follows decides about this. */
    void look(Look at, Supplier<?> expected, Supplier<?> found) {
        surroundings.journal().look(at, expected, found);
    }

    /** A call about this token, or with it. */
    Call call(CallTemplate template, String token) {
        return call(template, token, Map.of());
    }

    /** @param further values for placeholders, such as came along with the token */
    Call call(CallTemplate template, String token, Map<String, String> further) {
        Map<String, String> values = new HashMap<>(further);
        values.putAll(app.credentials());
        values.put("token", token);
        values.putAll(provider.variables(app, token));
        return template.call(values, endpoints);
    }

    /** Namespaces for caches that all realms and features share. */
    String scoped(String purpose, String value) {
        return "social-exchange:" + purpose + ':'
                + Digests.sha256Base64Url(
                        surroundings.realm() + '\n' + provider.getConfig().getInternalId() + '\n' + value);
    }
}
