package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where browsers sign in, and codes become tokens.
 *
 * @param refreshUrl empty for the token endpoint
 */
public record OAuth2Endpoints(
        @Key("Where browsers are sent to sign in") Optional<String> authorizationUrl,
        @Key("Where codes become tokens") Optional<String> tokenUrl,
        @Key("What browser logins ask for unless the console's Scopes says otherwise") Optional<String> scope,
        @Key("Where tokens are refreshed, if not at tokenUrl") Optional<String> refreshUrl,
        @Unwrapped Dialect dialect) {

    /** With the names and the method of RFC 6749; {@code null} for what is not known. */
    public static OAuth2Endpoints standard(String authorizationUrl, String tokenUrl, String scope) {
        return new OAuth2Endpoints(
                Optional.ofNullable(authorizationUrl),
                Optional.ofNullable(tokenUrl),
                Optional.ofNullable(scope),
                Optional.empty(),
                Dialect.STANDARD);
    }

    /**
     * In what the token endpoint differs from RFC 6749.
     *
     * @param parameters this provider's own names for {@code client_id} and {@code client_secret}
     * @param tokenBy where the token endpoint reads its parameters
     * @param tokens where the token endpoint's answer has what, by the name of RFC 6749, if it is not there
     */
    public record Dialect(
            @Key("The provider's own names of client_id and client_secret") Map<String, String> parameters,
            @Key(
                            value =
                                    "Where the token endpoint reads its parameters: form (which is the default), json or query",
                            otherwise = "form")
                    Encoding tokenBy,
            @Key(
                            "Where the token endpoint's answer has access_token, refresh_token, expires_in and id_token, if not at these names")
                    Map<String, Pointers> tokens) {
        private static final Set<String> TOKENS = Set.of("access_token", "refresh_token", "expires_in", "id_token");
        private static final Dialect STANDARD = new Dialect(Map.of(), Encoding.FORM, Map.of());

        public Dialect {
            if (!Set.of("client_id", "client_secret").containsAll(parameters.keySet())) {
                throw new IllegalArgumentException("only client_id and client_secret have other names");
            }
            if (!TOKENS.containsAll(tokens.keySet())) {
                throw new IllegalArgumentException("tokens says where there are "
                        + TOKENS.stream().sorted().collect(Collectors.joining(", ")));
            }
        }

        /** A token endpoint's answer with everything where RFC 6749 has it; what stands there already stays. */
        public JsonNode standard(JsonNode answer) {
            if (tokens.isEmpty() || !answer.isObject()) {
                return answer;
            }
            ObjectNode standard = answer.deepCopy();
            tokens.forEach((name, places) -> places.node(answer)
                    .filter(value -> !standard.hasNonNull(name))
                    .ifPresent(value -> standard.set(name, value)));
            return standard;
        }

        /** What this provider calls a parameter of RFC 6749. */
        public String parameter(String standard) {
            return parameters.getOrDefault(standard, standard);
        }
    }

    /** How parameters travel. */
    public enum Encoding {
        /** As RFC 6749 has it. */
        FORM,
        JSON,
        /** Of a {@code GET}. */
        QUERY
    }
}
