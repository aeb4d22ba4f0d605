package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.net.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a provider everything about an access token at the same time. */
final class Profiles {
    private static final String BINDING = "binding";
    private static final String PROFILE = "profile";
    /**
     * RFC 6749 §10.10: a token is guessed with a probability of at most 2^-128, which takes 20 visible characters. What is
     * shorter by a very good deal was made up. Nothing else is certain of a token's shape: providers change it as they like.
     */
    private static final int SHORTEST_TOKEN = 8;

    private final ProofContext context;

    Profiles(ProofContext context) {
        this.context = context;
    }

    /** What came back, by document; documents that were not asked for are absent. */
    record Verdicts(Map<String, CallTemplate> templates, Map<String, ProviderVerdict> all) {

        ProviderVerdict binding() {
            return all.get(BINDING);
        }

        /** {@code null} if the provider has no such document. */
        ProviderVerdict profile() {
            return all.get(PROFILE);
        }

        /** The documents beside the profile. One that is not optional must be there. */
        Map<String, JsonNode> further() {
            Map<String, JsonNode> documents = new HashMap<>();
            all.forEach((name, reading) -> {
                boolean missing = templates.get(name).optional() && reading.refused();
                if (!name.equals(BINDING) && !name.equals(PROFILE) && !missing) {
                    documents.put(name, reading.require());
                }
            });
            return documents;
        }
    }

    /**
     * @param token as somebody has sent it
     * @param withBinding false for a token whose binding is proven already
     */
    Verdicts fetch(String token, boolean withBinding) {
        if (token.length() < SHORTEST_TOKEN) {
            throw SignedToken.invalid("shorter_than_any_token");
        }
        return fetch(token, withBinding, Map.of());
    }

    /** @param carried values that came along with the token, which the profile's call needs */
    Verdicts fetch(String token, boolean withBinding, Map<String, String> carried) {
        AccessTokenRules rules = context.descriptor().accessToken().orElseThrow();
        Map<String, CallTemplate> templates = new LinkedHashMap<>();
        if (withBinding) {
            rules.binding().flatMap(Binding::asked).ifPresent(call -> templates.put(BINDING, call));
        }
        rules.profile().ifPresent(call -> templates.put(PROFILE, call));
        templates.putAll(rules.further());
        if (templates.isEmpty()) {
            return new Verdicts(templates, Map.of());
        }
        List<Outcome> outcomes = context.calls()
                .sideBySide(
                        templates.values().stream()
                                .map(template -> context.call(template, token, carried))
                                .toList(),
                        context.deadline());
        Map<String, ProviderVerdict> verdicts = new LinkedHashMap<>();
        templates.forEach((name, template) ->
                verdicts.put(name, ProviderVerdict.of(context, template, outcomes.get(verdicts.size()))));
        return new Verdicts(templates, verdicts);
    }
}
