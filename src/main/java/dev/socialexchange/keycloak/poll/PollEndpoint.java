package dev.socialexchange.keycloak.poll;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.SignalSettings;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one address that an administrator has entered, and the access token for it. */
record PollEndpoint(Surroundings surroundings, ExchangeIdentityProvider provider) {
    /** All that is kept at the transmitter comes with each answer, and something new has to fit in beside it: as much as is read as JSON. */
    private static final int LONGEST_ANSWER = 512 * 1024;

    /** From the vault, or else by our own client's secret (RFC 6749 §4.4); empty if there is none. */
    Optional<String> accessToken() {
        SignalSettings settings = provider.settings().signals();
        Optional<String> entered = settings.pollToken();
        return entered.isPresent()
                ? entered.flatMap(surroundings.secrets()::secret).filter(token -> !token.isBlank())
                : ofOurClient(settings.pollScope());
    }

    private Optional<String> ofOurClient(Optional<String> scope) {
        Optional<String> url = provider.descriptor().oauth2().flatMap(OAuth2Endpoints::tokenUrl);
        Optional<CallTemplate.Auth> auth = provider.descriptor()
                .authorizationCode()
                .map(rules -> rules.client().auth());
        if (url.isEmpty() || auth.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        scope.ifPresent(words -> form.put("scope", "{scope}"));
        AppRegistration app = AppRegistration.of(surroundings.secrets(), provider.getConfig(), provider.settings());
        Map<String, String> values = new HashMap<>(app.credentials());
        scope.ifPresent(words -> values.put("scope", words));
        values.putAll(provider.variables(app, ""));
        Call call =
                CallTemplate.clientForm(url.get(), form, auth.get(), List.of()).call(values, provider.endpoints());
        return send(call) instanceof Outcome.Answer answer && answer.status() == 200
                ? answer.json()
                        .map(json -> json.path("access_token"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                : Optional.empty();
    }

    Outcome ask(String accessToken, String request) {
        String url = provider.settings().signals().poll().orElseThrow();
        return send(new Call(
                "POST",
                URI.create(provider.endpoints().rewrite(url)),
                Map.of("Accept", "application/json", "Authorization", "Bearer " + accessToken),
                new Call.Body("application/json", request),
                true,
                LONGEST_ANSWER));
    }

    private Outcome send(Call call) {
        return surroundings
                .calls()
                .sendForEverybody(
                        call, surroundings.calls().within(provider.settings().timeout()));
    }
}
