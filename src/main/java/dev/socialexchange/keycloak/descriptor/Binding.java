package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Map;
import java.util.Objects;

/**
 * How a provider tells which app an access token is for.
 *
 * @param call {@code null} if the answer is the token's own payload
 * @param decoded the token is a JWT that the provider alone can verify: once the profile has opened with this very
 *     token, its payload is the answer
 * @param introspection the answer follows RFC 7662: it must be active and an access token's
 * @param clientId the first must name one of our client ids; the others too, where they are present
 * @param clientIdPrefix what stands before the client id
 * @param clientIdSetting the setting that holds our app's name in this answer, if it is not the client id
 * @param ownClientOnly the check works for the app whose secret we hold only, not for further client ids
 * @param foreign values by which the provider says that the token is another app's
 * @param require exact values that the answer must have
 * @param subject any of them, if present, must be the profile's
 * @param expiresAt seconds since the epoch, 0 for never
 * @param expiresIn seconds left
 */
public record Binding(
        @Key("The call whose answer names the app; or decoded is given") CallTemplate call,
        @Key(
                        "true if the answer is the token's own payload, which counts once the profile has opened with this very token")
                boolean decoded,
        @Key("true if the answer follows RFC 7662: it must be active, and an access token's") boolean introspection,
        @Key(
                        value =
                                "Where the answer names our app. Of several, the first must be ours, and the others where they are there",
                        required = true)
                Pointers clientId,
        @Key("What stands before the client id") String clientIdPrefix,
        @Key("Of shipped types only: the setting with our app's name in this answer, if it is not the client id")
                String clientIdSetting,
        @Key("true if the check works for the app only whose secret we hold") boolean ownClientOnly,
        @Key("Values by pointer by which the answer says that the token is another app's") Map<String, String> foreign,
        @Key("Exact values by pointer that the answer must have") Map<String, String> require,
        @Key("Where the answer names the person; any of them, if it is there, must be the profile's id")
                Pointers subject,
        @Key("Where the answer has the token's end, in seconds since 1970, 0 for never") Pointers expiresAt,
        @Key("Where the answer has the token's rest, in seconds") Pointers expiresIn) {

    public Binding {
        if (decoded == (call != null)) {
            throw new IllegalArgumentException("a binding is either called or decoded");
        }
        if (clientId == null || clientId.all().isEmpty()) {
            throw new IllegalArgumentException("a binding names the client id's place");
        }
        clientIdPrefix = Objects.requireNonNullElse(clientIdPrefix, "");
        foreign = Objects.requireNonNullElse(foreign, Map.of());
        foreign.keySet().forEach(JsonPointer::compile);
        require = Objects.requireNonNullElse(require, Map.of());
        require.keySet().forEach(JsonPointer::compile);
        subject = Objects.requireNonNullElse(subject, Pointers.NONE);
        expiresAt = Objects.requireNonNullElse(expiresAt, Pointers.NONE);
        expiresIn = Objects.requireNonNullElse(expiresIn, Pointers.NONE);
    }
}
