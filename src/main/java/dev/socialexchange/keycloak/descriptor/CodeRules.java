package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How a provider's authorization codes are redeemed.
 *
 * @param auth how the token endpoint knows us
 * @param verifierFree redirect URIs for which the provider's own SDKs obtain codes without PKCE
 * @param refused values by which the provider says that the code is bad, where it does not say it as RFC 6749 does
 * @param ours values by which the provider says that the mistake is our app's, where it answers as if it were the code's
 * @param parameters what else came with the code and is needed to redeem it, by the names of the redirect's query
 * @param kept those of these parameters that a refresh needs again: they are stored with the tokens
 * @param carried values of the token endpoint's answer that the profile's call needs, by placeholder
 * @param idTokenTells the id token that comes with the tokens knows more than the profile does
 * @param nativeClientId the setting with the client id of codes that came without a redirect URI, from a native SDK
 */
public record CodeRules(
        @Key("How the token endpoint knows us: post (which is the default), basic or basic-unencoded")
                CallTemplate.Auth auth,
        @Key("required (which is the default): a code without a verifier is refused; optional: a verifier is passed on")
                Pkce pkce,
        @Key("Redirect URIs for which the provider's own SDKs get codes without PKCE") Set<String> verifierFree,
        @Key(
                        "Values by pointer by which the answer says that the code is bad. A 4xx with an error of RFC 6749 counts as the front end's anyway, unless it is 401 or its word concerns the client")
                @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                Map<String, Set<String>> refused,
        @Key(
                        "Values by pointer by which the answer says that the mistake is our app's, where it looks as if it were the code's")
                @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                Map<String, Set<String>> ours,
        @Key("What else comes with a code and has to be sent with it, by the names of the redirect's query")
                List<String> parameters,
        @Key("Those of the parameters that a refresh needs again") List<String> kept,
        @Key("Values of the token endpoint's answer that the profile's call needs, by placeholder")
                Map<String, Pointers> carried,
        @Key("true if the id_token that comes along knows more than the profile") boolean idTokenTells,
        @Key("Of shipped types only: the setting with the client id of codes from a native SDK")
                String nativeClientId) {

    public CodeRules {
        auth = Objects.requireNonNullElse(auth, CallTemplate.Auth.POST);
        pkce = Objects.requireNonNullElse(pkce, Pkce.REQUIRED);
        verifierFree = Objects.requireNonNullElse(verifierFree, Set.of());
        refused = Objects.requireNonNullElse(refused, Map.of());
        refused.keySet().forEach(JsonPointer::compile);
        ours = Objects.requireNonNullElse(ours, Map.of());
        ours.keySet().forEach(JsonPointer::compile);
        parameters = Objects.requireNonNullElse(parameters, List.of());
        kept = Objects.requireNonNullElse(kept, List.of());
        if (!parameters.containsAll(kept)) {
            throw new IllegalArgumentException("kept names what is none of the parameters");
        }
        carried = Objects.requireNonNullElse(carried, Map.of());
    }

    /** As RFC 6749 has it: a code is all there is. */
    public CodeRules(CallTemplate.Auth auth, Pkce pkce, Set<String> verifierFree, Map<String, Set<String>> refused) {
        this(auth, pkce, verifierFree, refused, null, null, null, null, false, null);
    }

    public enum Pkce {
        /** The provider supports it: a code without verifier is refused. */
        @JsonProperty("required")
        REQUIRED,
        /** Whether this app uses it is not known: a verifier is passed on. */
        @JsonProperty("optional")
        OPTIONAL
    }
}
