package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.util.TokenUtil;

/** Decides all that the request and the configuration alone can decide, before a provider is asked anything. */
public final class ExchangePolicy {
    private final KeycloakSession session;
    private final ClientModel client;

    public ExchangePolicy(KeycloakSession session, ClientModel client) {
        this.session = session;
        this.client = client;
    }

    /** @return the provider of that name, open for some client */
    public ExchangeIdentityProvider provider(String alias) {
        return ExchangeIdentityProviders.open(session, alias)
                .orElseThrow(() -> ExchangeIdentityProviders.notOpen(null));
    }

    /** Refuses if the provider is not open for this client or this kind of token. */
    public void require(ExchangeIdentityProvider provider, Submission submission) {
        if (!provider.settings().clients().contains(client.getClientId())) {
            throw ExchangeException.refuse(
                    ExchangeError.CLIENT_NOT_ALLOWED, "This client may not exchange tokens of this provider");
        }
        new Prover(new KeycloakSurroundings(session), provider).requireAccepted(submission);
    }

    /** Refuses a scope that is not the client's, or that needs what was not asked for. */
    void requireScope(ExchangeRequest request) {
        if (!TokenManager.isValidScope(session, request.wanted().scope(), client, null)) {
            throw ExchangeException.refuse(ExchangeError.SCOPE_INVALID, "The scope is not this client's");
        }
        if (request.requested().isTransient()
                && TokenUtil.hasScope(request.wanted().scope(), OAuth2Constants.OFFLINE_ACCESS)) {
            throw ExchangeException.refuse(
                    ExchangeError.SCOPE_INVALID, "offline_access needs a refresh token, which was not asked for");
        }
    }

    /** Refuses clients that the answer's access token cannot be narrowed to. */
    void requireAudience(ExchangeRequest request) {
        for (String clientId : request.audience()) {
            ClientModel target = session.getContext().getRealm().getClientByClientId(clientId);
            if (target == null || !target.isEnabled()) {
                throw ExchangeException.refuse(ExchangeError.AUDIENCE_INVALID, "The audience is not available");
            }
        }
    }
}
