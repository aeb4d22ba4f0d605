package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Withdrawal;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Map;
import java.util.Optional;

/** Tokens that a provider's token endpoint has given to us, as in a browser login: verified by the same rules as an exchange's. */
public final class ProviderTokens {
    private final ExchangeIdentityProvider provider;
    private final ProofContext context;

    /** @throws ExchangeException if the provider is not configured for it */
    public ProviderTokens(Surroundings surroundings, ExchangeIdentityProvider provider) {
        this.provider = provider;
        this.context = ProofContext.of(surroundings, provider);
    }

    /**
     * Verifies the token endpoint's answer and opens the profile with it.
     *
     * @param tokens the answer to our own client
     * @param nonce that the authorization request carried, or {@code null}
     * @param user unsigned JSON that came with the code, or {@code null}
     * @throws ExchangeException if it cannot be verified, or the profile does not open
     */
    public Evidence read(JsonNode tokens, String nonce, String user) {
        Evidence evidence = new TokenResponse(context, tokens).read(nonce);
        context.calls().accepted();
        return UnsignedNames.addTo(provider.descriptor(), user, evidence);
    }

    /**
     * A request to the provider's token endpoint, as this provider wants it.
     *
     * @param fields of RFC 6749, without our client's credentials
     * @param clientId of our apps the one that asks; empty for the one of the provider's settings
     */
    public Call request(Map<String, String> fields, Optional<String> clientId) {
        return TokenRequest.of(clientId.map(context::as).orElse(context), fields)
                .call();
    }

    /**
     * Asks the provider to take an access token back, by its descriptor's {@code revocation}.
     *
     * @return whether it says that it has
     */
    public boolean revoke(String accessToken) {
        CallTemplate revocation = provider.descriptor().revocation().orElseThrow();
        Map<String, String> hint = Map.of("token_type_hint", Withdrawal.ACCESS_TOKEN);
        Outcome outcome = context.calls().send(context.call(revocation, accessToken, hint), context.deadline());
        return outcome instanceof Outcome.Answer answer
                && answer.status() / 100 == 2
                && revocation.accepts(answer.json().orElseGet(MissingNode::getInstance));
    }
}
