package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.AccountState;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;
import org.keycloak.social.gitlab.GitLabIdentityProvider;
import org.keycloak.social.gitlab.GitLabIdentityProviderFactory;

/** Keycloak's GitLab, under its own id, with token exchange. */
public final class GitLabExchangeIdentityProvider extends GitLabIdentityProvider implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(GitLabIdentityProviderFactory.PROVIDER_ID);
    private static final Map<String, String> USER_NAMES =
            Map.of("sub", "id", "nickname", "username", "name", "name", "email", "email", "picture", "avatar_url");

    GitLabExchangeIdentityProvider(KeycloakSession session, OIDCIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode document = evidence.document();
        AccountState.requireActive(document, "state");
        if (document.path("locked").asBoolean()) {
            throw AccountState.notActive();
        }
        return OidcEvidence.extract(
                getConfig(),
                evidence,
                idToken -> extractIdentityFromProfile(null, Claims.asProfile(document, USER_NAMES)),
                profile -> extractIdentityFromProfile(null, profile));
    }

    @Override
    public Response retrieveToken(
            KeycloakSession keycloakSession,
            FederatedIdentityModel link,
            UserSessionModel userSession,
            UserModel user) {
        return new HeldTokens(keycloakSession, this, link, userSession, user)
                .or(() -> super.retrieveToken(keycloakSession, link, userSession, user));
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return super.callback(realm, new BrowserCallback(session, event, callback), event);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloakSession, RealmModel realm, UserModel user, BrokeredIdentityContext identity) {
        ClosedLink.refuse(keycloakSession, user, identity);
        super.updateBrokeredUser(keycloakSession, realm, user, identity);
    }

    @Override
    public BrokeredIdentityContext validateAuthorizationGrantAssertion(
            JWTAuthorizationGrantValidationContext assertion) {
        return ClosedLink.refuse(session, assertion, super.validateAuthorizationGrantAssertion(assertion));
    }

    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        OthersAddress.leave(session, user, context, super::updateEmail);
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    public static final class Factory extends ReplacingFactory<GitLabExchangeIdentityProvider> {
        public Factory() {
            super(
                    new GitLabIdentityProviderFactory(),
                    (session, model) ->
                            new GitLabExchangeIdentityProvider(session, new OIDCIdentityProviderConfig(model)));
        }
    }
}
