package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be found out about a provider, and about our app there, without anybody's token.
 *
 * @param call about a token that nobody has issued, by which the provider tells our secret from a wrong one; empty where the
 *     token endpoint is asked to redeem a code that nobody has issued
 */
public record CheckRules(
        @Unwrapped Discovery discovery,
        @Key(
                        "A call with our client id and secret, and in {token} one that nobody has issued. Without it the token endpoint is asked to redeem a code that nobody has issued")
                Optional<CallTemplate> call,
        @Unwrapped Signs signs) {
    /** Nothing beyond what RFC 6749 says. */
    public static final CheckRules NONE = new CheckRules(Discovery.NOWHERE, Optional.empty(), Signs.NONE);

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    public CheckRules {
        if (call.isPresent() && (signs.right.isEmpty() || signs.wrong.isEmpty())) {
            throw new IllegalArgumentException(
                    "a call needs what its answer says of a right secret and of a wrong one: right or rightStatus, wrong or wrongStatus");
        }
    }

    /**
     * What the provider publishes about itself.
     *
     * @param url of its discovery document
     * @param differs members of it that are known to be something else than what this descriptor says
     */
    public record Discovery(
            @Key(name = "discovery", value = "The provider's discovery document (OpenID Connect)") Optional<String> url,
            @Key(
                            "Members of that document which are known to be something else than what this file says, and are not compared")
                    Set<String> differs) {
        private static final Discovery NOWHERE = new Discovery(Optional.empty(), Set.of());

        /** Where OpenID Connect Discovery has it, of a provider that somebody has entered. */
        static Discovery of(Optional<IdTokenRules> idToken) {
            return idToken.map(IdTokenRules::issuers)
                    .filter(issuers -> issuers.size() == 1)
                    .map(issuers -> issuers.iterator().next())
                    .filter(issuer -> issuer.startsWith("https://") || issuer.startsWith("http://"))
                    .map(issuer -> issuer.replaceFirst("/$", "") + WELL_KNOWN)
                    .map(url -> new Discovery(Optional.of(url), Set.of()))
                    .orElse(NOWHERE);
        }
    }

    /** How the answer says what is right or wrong. */
    public record Signs(@Unwrapped Right right, @Unwrapped Wrong wrong, @Unwrapped Registered registered) {
        private static final Signs NONE = new Signs(
                new Right(Map.of(), List.of()), new Wrong(Map.of(), List.of()), new Registered(Map.of(), Map.of()));
    }

    /** The secret is ours: the code or token alone is bad. */
    public record Right(
            @Key(
                            value =
                                    "Values by pointer by which the answer says that the code or token is bad, and our secret is not",
                            oneOrMore = true)
                    Map<String, Set<String>> right,
            @Key("Statuses by which it says so") List<Integer> rightStatus) {

        public Right {
            right.keySet().forEach(JsonPointer::compile);
        }

        boolean isEmpty() {
            return right.isEmpty() && rightStatus.isEmpty();
        }

        public boolean isIn(int status, JsonNode answer) {
            return rightStatus.contains(status) || matches(right, answer);
        }
    }

    /** The provider does not know our app by this client id and secret. */
    public record Wrong(
            @Key(
                            value =
                                    "Values by pointer by which the answer says that it does not know our app by this client id and secret",
                            oneOrMore = true)
                    Map<String, Set<String>> wrong,
            @Key("Statuses by which it says so") List<Integer> wrongStatus) {

        public Wrong {
            wrong.keySet().forEach(JsonPointer::compile);
        }

        boolean isEmpty() {
            return wrong.isEmpty() && wrongStatus.isEmpty();
        }

        public boolean isIn(int status, JsonNode answer) {
            return wrongStatus.contains(status) || matches(wrong, answer);
        }
    }

    /** What of our app is not registered. */
    public record Registered(
            @Key(
                            value =
                                    "Of those values, where there are others for a wrong secret: there is no app with this client id",
                            oneOrMore = true)
                    Map<String, Set<String>> unknownClient,
            @Key(
                            value =
                                    "Values by pointer by which the answer says that the redirect URI is not registered for our app",
                            oneOrMore = true)
                    Map<String, Set<String>> unknownRedirectUri) {

        public Registered {
            unknownClient.keySet().forEach(JsonPointer::compile);
            unknownRedirectUri.keySet().forEach(JsonPointer::compile);
        }

        public boolean lacksClient(JsonNode answer) {
            return matches(unknownClient, answer);
        }

        public boolean lacksRedirectUri(JsonNode answer) {
            return matches(unknownRedirectUri, answer);
        }
    }

    private static boolean matches(Map<String, Set<String>> values, JsonNode answer) {
        return values.entrySet().stream().anyMatch(entry -> entry.getValue()
                .contains(answer.at(entry.getKey()).asText()));
    }
}
