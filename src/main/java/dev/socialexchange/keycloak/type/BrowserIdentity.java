package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/** A brokered identity whose id is one user's or nobody's, also after a mapper has changed it. */
final class BrowserIdentity extends BrokeredIdentityContext {
    private final KeycloakSession session;

    /** @throws ExchangeException if the id is none, or several users are linked to it */
    BrowserIdentity(KeycloakSession session, BrokeredIdentityContext extracted) {
        super(extracted.getIdpConfig());
        this.session = session;
        setId(extracted.getId());
        setLegacyId(extracted.getLegacyId());
        setUsername(extracted.getUsername());
        setModelUsername(extracted.getModelUsername());
        setEmail(extracted.getEmail());
        setFirstName(extracted.getFirstName());
        setLastName(extracted.getLastName());
        setBrokerSessionId(extracted.getBrokerSessionId());
        setBrokerUserId(extracted.getBrokerUserId());
        setToken(extracted.getToken());
        setIdp(extracted.getIdp());
        setContextData(extracted.getContextData());
        setAuthenticationSession(extracted.getAuthenticationSession());
    }

    @Override
    public void setId(String id) {
        super.setId(id);
        ExternalAccount.of(this).linkedUser(session);
    }

    /** Keycloak looks for it as it looks for the id, and finds whoever else has none. */
    @Override
    public String getLegacyId() {
        String legacyId = super.getLegacyId();
        return DatabaseText.isName(legacyId) ? legacyId : null;
    }
}
