package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Map;
import java.util.Optional;

/** How a provider tells which app an access token is for. */
public sealed interface Binding permits Binding.Called, Binding.Introspected, Binding.Decoded {

    App app();

    Answer answer();

    /** The call whose answer tells; empty if the answer is the token's own payload. */
    Optional<CallTemplate> asked();

    /** The provider has a call of its own for this. */
    record Called(
            @Key(value = "The call whose answer names the app; or decoded is given", required = true) CallTemplate call,
            @Unwrapped App app,
            @Unwrapped Answer answer)
            implements Binding {
        @Override
        public Optional<CallTemplate> asked() {
            return Optional.of(call);
        }
    }

    /** The answer follows RFC 7662: it must be active and an access token's. */
    @ChosenBy(
            value = "introspection",
            flag = "true if the answer follows RFC 7662: it must be active, and an access token's")
    record Introspected(
            @Key(value = "The call whose answer names the app; or decoded is given", required = true) CallTemplate call,
            @Unwrapped App app,
            @Unwrapped Answer answer)
            implements Binding {
        @Override
        public Optional<CallTemplate> asked() {
            return Optional.of(call);
        }
    }

    /**
     * The token is a JWT that the provider alone can verify: once the profile has opened with this very token, its payload is
     * the answer.
     */
    @ChosenBy(
            value = "decoded",
            flag =
                    "true if the answer is the token's own payload, which counts once the profile has opened with this very token")
    record Decoded(@Unwrapped App app, @Unwrapped Answer answer) implements Binding {
        @Override
        public Optional<CallTemplate> asked() {
            return Optional.empty();
        }
    }

    /**
     * How the answer says which app it is.
     *
     * @param clientId the first must name one of our client ids; the others too, where they are present
     * @param prefix what stands before the client id
     * @param setting the setting that holds our app's name in this answer, if it is not the client id
     * @param ownClientOnly the check works for the app whose secret we hold only, not for further client ids
     * @param foreign values by which the provider says that the token is another app's
     */
    record App(
            @Key(
                            value =
                                    "Where the answer names our app. Of several, the first must be ours, and the others where they are there",
                            required = true)
                    Pointers clientId,
            @Key(name = "clientIdPrefix", value = "What stands before the client id", otherwise = "\"\"") String prefix,
            @Key(
                            name = "clientIdSetting",
                            value =
                                    "Of shipped types only: the setting with our app's name in this answer, if it is not the client id")
                    Optional<String> setting,
            @Key("true if the check works for the app only whose secret we hold") boolean ownClientOnly,
            @Key("Values by pointer by which the answer says that the token is another app's")
                    Map<String, String> foreign) {

        public App {
            if (clientId.isEmpty()) {
                throw new IllegalArgumentException("a binding names the client id's place");
            }
            foreign.keySet().forEach(JsonPointer::compile);
        }

        /** Whichever of our client ids it is. */
        public static App at(Pointers clientId) {
            return new App(clientId, "", Optional.empty(), false, Map.of());
        }
    }

    /**
     * What else the answer says.
     *
     * @param require exact values that it must have
     * @param subject any of them, if present, must be the profile's
     * @param expiresAt seconds since the epoch, 0 for never
     * @param expiresIn seconds left
     */
    record Answer(
            @Key("Exact values by pointer that the answer must have") Map<String, String> require,
            @Key("Where the answer names the person; any of them, if it is there, must be the profile's id")
                    Pointers subject,
            @Key("Where the answer has the token's end, in seconds since 1970, 0 for never") Pointers expiresAt,
            @Key("Where the answer has the token's rest, in seconds") Pointers expiresIn) {
        /** It says nothing else. */
        public static final Answer NOTHING = new Answer(Map.of(), Pointers.NONE, Pointers.NONE, Pointers.NONE);

        public Answer {
            require.keySet().forEach(JsonPointer::compile);
        }
    }
}
