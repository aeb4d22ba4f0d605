package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.descriptor.SignalRules;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;

/** Whether what has come to an address of ours is the provider's word to our app, and what it says. */
public final class SignalVerifier {
    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final String name;
    private final SignalRules rules;

    /**
     * @param name of the address, in the provider's descriptor
     * @param rules of that name
     */
    public SignalVerifier(
            Surroundings surroundings, ExchangeIdentityProvider provider, String name, SignalRules rules) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.name = name;
        this.rules = rules;
    }

    /**
     * @throws SignalRefusal if it is not the provider's word to our app
     * @throws dev.socialexchange.keycloak.ExchangeException if nobody can tell now
     */
    public Heard hear(SignalRequest request) {
        if (request.body().length > SignalRequest.MAX_BODY) {
            throw SignalRefusal.malformed("body_too_long");
        }
        return new SignalReading(surroundings, provider, name, rules, document(request)).read();
    }

    private Document document(SignalRequest request) {
        SignalSecrets secrets = new SignalSecrets(surroundings, provider);
        if (rules.proof() instanceof SignalProof.Token token) {
            return new SecurityEventToken(surroundings, provider, token.token()).verified(request);
        }
        if (rules.proof() instanceof SignalProof.Request signed) {
            return SignedRequest.verified(signed, secrets.ofClient(), request);
        }
        return new SignedBody(surroundings, secrets, ((SignalProof.Signed) rules.proof()).signature(), request)
                .verified();
    }
}
