package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a provider's authorization codes are redeemed.
 *
 * @param idTokenTells the id token that comes with the tokens knows more than the profile does
 */
public record CodeRules(
        @Unwrapped Client client,
        @Unwrapped Errors errors,
        @Unwrapped Companions companions,
        @Key("true if the id_token that comes along knows more than the profile") boolean idTokenTells) {

    /** As RFC 6749 has it: a code is all there is. */
    public static CodeRules standard(CallTemplate.Auth auth, Pkce pkce) {
        return new CodeRules(
                new Client(auth, pkce, Set.of(), Optional.empty(), Optional.empty()),
                new Errors(Map.of(), Map.of()),
                new Companions(List.of(), List.of(), Map.of()),
                false);
    }

    /**
     * Who redeems a code, and what shows that it is the one who asked for it.
     *
     * @param auth how the token endpoint knows us
     * @param verifierFree redirect URIs for which the provider's own SDKs obtain codes without PKCE
     * @param nativeClientId the setting with the client id of codes that came without a redirect URI, from a native SDK
     * @param appParameter the request's parameter that names the app whose code it is, where front ends send one
     */
    public record Client(
            @Key(
                            value =
                                    "How the token endpoint knows us: post (which is the default), basic or basic-unencoded",
                            otherwise = "post")
                    CallTemplate.Auth auth,
            @Key(
                            value =
                                    "required (which is the default): a code without a verifier is refused; optional: a verifier is passed on",
                            otherwise = "required")
                    Pkce pkce,
            @Key("Redirect URIs for which the provider's own SDKs get codes without PKCE") Set<String> verifierFree,
            @Key("Of shipped types only: the setting with the client id of codes from a native SDK")
                    Optional<String> nativeClientId,
            @Key("Of shipped types only: the request's parameter that names the app whose code it is")
                    Optional<String> appParameter) {}

    /**
     * How the provider says what is wrong, where it does not say it as RFC 6749 does.
     *
     * @param refused values by which it says that the code is bad
     * @param ours values by which it says that the mistake is our app's, where it answers as if it were the code's
     */
    public record Errors(
            @Key(
                            value =
                                    "Values by pointer by which the answer says that the code is bad. A 4xx with an error of RFC 6749 counts as the front end's anyway, unless it is 401 or its word concerns the client",
                            oneOrMore = true)
                    Map<String, Set<String>> refused,
            @Key(
                            value =
                                    "Values by pointer by which the answer says that the mistake is our app's, where it looks as if it were the code's",
                            oneOrMore = true)
                    Map<String, Set<String>> ours) {

        public Errors {
            refused.keySet().forEach(JsonPointer::compile);
            ours.keySet().forEach(JsonPointer::compile);
        }
    }

    /**
     * What goes along with a code.
     *
     * @param parameters what else came with it and is needed to redeem it, by the names of the redirect's query
     * @param kept those of these parameters that a refresh needs again: they are stored with the tokens
     * @param carried values of the token endpoint's answer that the profile's call needs, by placeholder
     */
    public record Companions(
            @Key("What else comes with a code and has to be sent with it, by the names of the redirect's query")
                    List<String> parameters,
            @Key("Those of the parameters that a refresh needs again") List<String> kept,
            @Key("Values of the token endpoint's answer that the profile's call needs, by placeholder")
                    Map<String, Pointers> carried) {

        public Companions {
            if (!parameters.containsAll(kept)) {
                throw new IllegalArgumentException("kept names what is none of the parameters");
            }
        }
    }

    public enum Pkce {
        /** The provider supports it: a code without verifier is refused. */
        REQUIRED,
        /** Whether this app uses it is not known: a verifier is passed on. */
        OPTIONAL
    }
}
