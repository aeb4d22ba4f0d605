package dev.socialexchange.keycloak.descriptor;

import java.util.Optional;
import java.util.Set;

/** What proves that a signal is the provider's, and for our app. */
public sealed interface SignalProof permits SignalProof.Token, SignalProof.Request, SignalProof.Signed {

    /** A security event token (RFC 8417), or one of its forerunners. */
    @ChosenBy("token")
    record Token(
            @Key(
                            value =
                                    "The signal is a JWT that the provider has signed with its keys: a security event token (RFC 8417), or a forerunner",
                            required = true)
                    SecurityEvents token)
            implements SignalProof {}

    /** A signed request of Meta's: a JSON object, and before it its HMAC with the app's secret. */
    @ChosenBy("signedRequest")
    record Request(
            @Key(
                            value =
                                    "The signal is a form whose parameter of this name holds an HMAC with the client secret, and the JSON that it is of",
                            required = true)
                    String signedRequest)
            implements SignalProof {}

    /** A body, and beside it what proves it. */
    @ChosenBy("signature")
    record Signed(
            @Key(value = "The signal is a body with a signature beside it", required = true) BodySignature signature)
            implements SignalProof {}

    /**
     * What is asked of the JWT. Its issuer and keys are the id_tokens' where nothing else is said, its audience is always ours.
     *
     * @param member where in a JSON body the JWT stands; empty if it is the body
     * @param types values of the header's {@code typ}, in lower case; blank for none
     * @param without claims that it must not have
     * @param expires whether it ends, which security event tokens do not
     * @param eventIsText whether {@code events} is one event as JSON text that names its own type, and no map by types
     */
    record SecurityEvents(
            @Key("Where in a JSON body the JWT stands, if it is not the body itself") Pointers member,
            @Key("Exact spellings of iss; those of idToken if not given") Set<String> issuers,
            @Key("Where the keys are; those of idToken if not given") Optional<String> jwksUrl,
            @Key(value = "Asymmetric JWS algorithms", otherwise = "[RS256]") Set<String> algorithms,
            @Key(
                            value = "Values of the header's typ that are taken; an empty text for none",
                            otherwise = "[secevent+jwt]")
                    Set<String> types,
            @Key("Claims that it must not have, such as exp and sub (OpenID SSF 1.0)") Set<String> without,
            @Key("true if it has an exp that counts; else it is not looked at") boolean expires,
            @Key("true if events is one event, as JSON text, with its type in it; else it is a map by types")
                    boolean eventIsText,
            @Key("Of shipped types only: a setting with a further audience of ours") Optional<String> audienceSetting) {

        public SecurityEvents {
            if (!IdTokenRules.ASYMMETRIC.containsAll(algorithms) || algorithms.isEmpty()) {
                throw new IllegalArgumentException("algorithms are asymmetric ones, for example RS256");
            }
        }

        boolean isEventMap() {
            return !eventIsText;
        }
    }
}
