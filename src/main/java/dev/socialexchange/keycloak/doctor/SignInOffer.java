package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Where a browser signs in at a provider, or why it does not.
 *
 * @param available whether this provider signs browsers in and takes codes
 * @param reason why not
 * @param url where the browser goes
 * @param codeVerifier of the code's PKCE; {@code null} where the provider is asked without
 * @param nonce that the dry-run has to send; {@code null} for none
 * @param parameters what else comes back beside the code and has to be sent along
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignInOffer(
        boolean available,
        String reason,
        String url,
        @JsonProperty("redirect_uri") String redirectUri,
        String state,
        @JsonProperty("code_verifier") String codeVerifier,
        String nonce,
        List<String> parameters) {

    static SignInOffer none(String reason) {
        return new SignInOffer(false, reason, null, null, null, null, null, null);
    }
}
