package dev.socialexchange.keycloak.descriptor;

import java.util.Map;
import java.util.Optional;

/**
 * What an access token tells, and what proves that it is our app's.
 *
 * @param binding asks the provider which app the token is for; empty if it cannot tell
 * @param jwt access tokens are JWTs that the id token's issuer, keys and algorithms verify
 * @param profile empty if the binding's answer, or the JWT, is all there is
 * @param further documents beside the profile, by name
 */
public record AccessTokenRules(
        @Key(
                        "What proves that a token was issued to our app. Without it, or jwt, access tokens are refused unless exchangeUnbound")
                Optional<Binding> binding,
        @Key("true if access tokens are JWTs, verified with the keys of idToken") boolean jwt,
        @Key("The call that opens the profile") Optional<CallTemplate> profile,
        @Key("Calls for more documents, by name") Map<String, CallTemplate> further) {

    /** The token opens nothing else. */
    public AccessTokenRules(Optional<Binding> binding, boolean jwt, Optional<CallTemplate> profile) {
        this(binding, jwt, profile, Map.of());
    }

    /** Whether a token tells anything at all. */
    public boolean isOfUse() {
        return bindable() || profile.isPresent();
    }

    public boolean bindable() {
        return binding.isPresent() || jwt;
    }

    public boolean isDecoded() {
        return binding.filter(Binding.Decoded.class::isInstance).isPresent();
    }
}
