package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How a provider makes sure that an address is ours. It is proven like any signal: nothing is answered to anybody else.
 *
 * @param when values by pointer that it has
 * @param echo what is answered as it is, in plain text
 * @param json members of the answer: a pointer in braces is what stands there, {@code {signed:/pointer}} its HMAC with the secret
 * @param status of the answer
 */
public record SignalHandshake(
        @Key(value = "Values by pointer that it has", required = true) Map<String, String> when,
        @Key("What is answered as it is, in plain text") Pointers echo,
        @Key(
                        "Members of a JSON answer: {/pointer} is what stands there, {signed:/pointer} its HMAC with the secret, in hex")
                Map<String, String> json,
        @Key(value = "The status of the answer; 200 if not given", otherwise = "200") Integer status) {
    /** What stands before a pointer whose value is to be signed. */
    public static final String SIGNED = "signed:";

    public SignalHandshake {
        if (when.isEmpty() || status < 200 || status > 299) {
            throw new IllegalArgumentException("a handshake is told by something, and answered with 200 to 299");
        }
        when.keySet().forEach(JsonPointer::compile);
        json.values().forEach(template -> BodySignature.WORD
                .matcher(template)
                .results()
                .map(word -> word.group(1).replaceFirst('^' + SIGNED, ""))
                .forEach(Pointers::of));
    }

    public boolean isMeant(JsonNode document) {
        return when.entrySet().stream().allMatch(entry -> {
            JsonNode found = document.at(entry.getKey());
            return found.isValueNode() && found.asText().equals(entry.getValue());
        });
    }
}
