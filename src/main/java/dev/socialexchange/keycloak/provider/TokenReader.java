package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.net.Call;
import java.util.Map;
import org.keycloak.provider.Provider;

/**
 * Verifies what a provider's token endpoint has answered and opens the profile with it. Browser logins of our own provider
 * types use the same verifier as exchanges, which is why it is looked up and not called: proofs know providers, not the
 * reverse.
 */
public interface TokenReader extends Provider {

    /**
     * @param tokens the token endpoint's answer to our own client
     * @param nonce that the authorization request carried, or {@code null}
     * @param user unsigned JSON that came with the code, or {@code null}
     * @throws dev.socialexchange.keycloak.ExchangeException if it cannot be verified, or the profile does not open
     */
    Evidence read(ExchangeIdentityProvider provider, JsonNode tokens, String nonce, String user);

    /**
     * A request to the provider's token endpoint, as this provider wants it.
     *
     * @param fields of RFC 6749, without our client's credentials
     */
    Call tokenRequest(ExchangeIdentityProvider provider, Map<String, String> fields);

    /**
     * Asks the provider to take an access token back, by its descriptor's {@code revocation}.
     *
     * @return whether it says that it has
     * @throws dev.socialexchange.keycloak.ExchangeException if our client is not configured
     */
    boolean revoke(ExchangeIdentityProvider provider, String accessToken);
}
