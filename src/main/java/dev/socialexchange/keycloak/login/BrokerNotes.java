package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ProvenAt;
import dev.socialexchange.keycloak.provider.SessionTokens;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a browser login leaves in the session; the provider's token only where the admin wants it there. */
record BrokerNotes(AuthenticationSessionModel authSession) {

    @Mirrors(type = "org.keycloak.services.resources.IdentityBrokerService", methods = "finishBrokerAuthentication")
    void note(BrokeredIdentityContext reviewed, BrokeredPerson person) {
        authSession.setAuthNote(AuthenticationProcessor.BROKER_SESSION_ID, reviewed.getBrokerSessionId());
        authSession.setAuthNote(AuthenticationProcessor.BROKER_USER_ID, reviewed.getBrokerUserId());
        authSession.setUserSessionNote(
                Details.IDENTITY_PROVIDER, reviewed.getIdpConfig().getAlias());
        authSession.setUserSessionNote(Details.IDENTITY_PROVIDER_USERNAME, reviewed.getUsername());
        authSession.setUserSessionNote(Details.AUTH_METHOD, "token_exchange");
        ProvenAt.note(authSession, BrokeredIdentities.issuedAt(reviewed).orElseGet(ProvenAt::now));
        SessionTokens.note(reviewed.getIdpConfig(), person.storedTokens(), authSession);
    }
}
