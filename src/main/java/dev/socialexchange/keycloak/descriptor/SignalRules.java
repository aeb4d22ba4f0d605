package dev.socialexchange.keycloak.descriptor;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider says by itself at one address of ours: what proves that it does, where in it stands what, and what that means.
 *
 * @param proof what tells it from anybody else's word
 * @param places where what it says stands
 * @param meaning which neutral events it is
 * @param probes the provider sends wrong signatures on purpose, to see them refused
 * @param handshake how the provider makes sure that the address is ours; empty if it does not
 */
public record SignalRules(
        @Unwrapped SignalProof proof,
        @Unwrapped SignalPlaces places,
        @Unwrapped SignalMeaning meaning,
        @Key(
                        "true if the provider sends wrong signatures on purpose, to see that they are refused: those do not count as failures that are throttled")
                boolean probes,
        @Key("How the provider makes sure that the address is ours, before or between signals")
                Optional<SignalHandshake> handshake,
        @Key(value = "What the provider wants to be answered", otherwise = "{}") Answer answer) {
    /** What addresses are called. */
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** The word for the page on which somebody sees what has become of a request to be forgotten. */
    public static final String STATUS_URL = "status_url";

    /** The word for what such a request goes by. */
    public static final String CODE = "confirmation_code";

    public SignalRules {
        boolean ofToken = proof instanceof SignalProof.Token;
        if (places.subjectIssuer().isEmpty()
                && ofToken
                && ((SignalProof.Token) proof).token().isEventMap()) {
            throw new IllegalArgumentException(
                    "a security event token names its subject's issuer: subjectIssuer says where");
        }
        boolean withHmac = proof instanceof SignalProof.Signed signed
                && signed.signature().by() == BodySignature.Algorithm.HMAC_SHA256;
        if (!withHmac
                && handshake.stream()
                        .flatMap(asked -> asked.json().values().stream())
                        .anyMatch(template -> template.contains(SignalHandshake.SIGNED))) {
            throw new IllegalArgumentException("only an HMAC beside the body can be answered with");
        }
        if (meaning.needsSubject() && places.subject().isEmpty()) {
            throw new IllegalArgumentException("subject is missing: whom a signal is about");
        }
    }

    /**
     * What is answered.
     *
     * @param status of what is taken, whoever it is about
     * @param refused of what is not genuine, or not for us
     * @param json members of the body; of the words, {@link #STATUS_URL} and {@link #CODE} are known
     */
    public record Answer(
            @Key(value = "The status of what is taken; 202 if not given", otherwise = "202") Integer status,
            @Key(value = "The status of what is not genuine; 400 if not given", otherwise = "400") Integer refused,
            @Key(
                            "Members of the answer's JSON body, in which {status_url} and {confirmation_code} stand for the page and the code of a request to be forgotten")
                    Map<String, String> json) {

        public Answer {
            if (status < 200 || status > 299 || refused < 400 || refused > 499) {
                throw new IllegalArgumentException("status is 200 to 299, and refused 400 to 499");
            }
        }
    }
}
