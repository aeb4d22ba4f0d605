package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Which provider is open, for which client and kind of token: decided before a provider is asked anything. */
public final class ProviderPolicy {
    private final KeycloakSession session;
    private final ClientModel client;

    public ProviderPolicy(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /** @return the provider of that name, open for some client */
    public ExchangeIdentityProvider provider(String alias) {
        Rehearsal.journal(session).look(Look.PROVIDER_OPEN, () -> null, () -> alias);
        return ExchangeIdentityProviders.open(session, alias)
                .orElseThrow(() -> ExchangeIdentityProviders.notOpen(null));
    }

    /** Refuses if the provider is not open for this client or this kind of token. */
    public void require(ExchangeIdentityProvider provider, Submission submission) {
        Rehearsal.journal(session).look(Look.CLIENT_ALLOWED, provider.settings()::clients, client::getClientId);
        if (!provider.settings().clients().contains(client.getClientId())) {
            throw ExchangeException.refuse(ExchangeError.CLIENT_NOT_ALLOWED);
        }
        new Prover(new KeycloakSurroundings(session), provider).requireAccepted(submission);
    }
}
