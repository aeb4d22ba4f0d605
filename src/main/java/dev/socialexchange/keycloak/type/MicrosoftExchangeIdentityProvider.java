package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.social.microsoft.MicrosoftIdentityProvider;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderConfig;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderFactory;

/** Keycloak's Microsoft, under its own id, with token exchange. */
public final class MicrosoftExchangeIdentityProvider extends MicrosoftIdentityProvider
        implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR =
            DescriptorReader.resource(MicrosoftIdentityProviderFactory.PROVIDER_ID);
    /** Claims under the names of the Graph API's user. */
    private static final Map<String, String> GRAPH_NAMES = Map.of(
            "oid", "id",
            "name", "displayName",
            "given_name", "givenName",
            "family_name", "surname",
            "email", "mail",
            "preferred_username", "userPrincipalName");

    private final MicrosoftTenant tenant;
    private final Endpoints endpoints;

    MicrosoftExchangeIdentityProvider(KeycloakSession session, MicrosoftIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
        this.tenant = MicrosoftTenant.of(config.getTenantId());
        this.endpoints = tenant.endpoints(
                new ExchangeSettings(config.getConfig()).endpoints(),
                DESCRIPTOR.idToken().orElseThrow());
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public Optional<String> subject(JsonNode profile) {
        return ExchangeIdentityProvider.super.subject(profile).map(MicrosoftTenant::padded);
    }

    /** The Graph API's id: {@code sub} is another one for each app. */
    @Override
    public Optional<String> subjectOfIdToken(JsonNode claims) {
        return ExchangeIdentityProvider.super
                .subjectOfIdToken(claims)
                .map(oid -> MicrosoftTenant.graphId(oid, claims.path("tid").asText()))
                .map(MicrosoftTenant::padded);
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode document = evidence.document();
        if (evidence instanceof Evidence.Profile profile) {
            requireTenant(profile.accessTokenClaims(), document);
            return extractIdentityFromProfile(null, document);
        }
        String id = subjectOfIdToken(document)
                .orElseThrow(() -> ExchangeException.refuse(
                        ExchangeError.TOKEN_INVALID, "The token needs the scope profile", "oid_missing"));
        ObjectNode profile = Claims.asProfile(document, GRAPH_NAMES).put("id", id);
        requireTenant(document, profile);
        BrokeredIdentityContext identity = extractIdentityFromProfile(null, profile);
        if (identity.getFirstName() == null && identity.getLastName() == null) {
            // the two are optional claims
            BrokeredIdentities.setFullName(identity, getJsonProperty(profile, "displayName"));
        }
        return identity;
    }

    /**
     * Of browser logins, too. An id token always has all digits of a personal account's id, and nobody says whether the Graph
     * API does: whoever is linked by the other spelling is the same person.
     */
    @Override
    protected BrokeredIdentityContext extractIdentityFromProfile(EventBuilder event, JsonNode profile) {
        BrokeredIdentityContext identity = super.extractIdentityFromProfile(event, profile);
        Optional.ofNullable(identity.getId())
                .flatMap(MicrosoftTenant::otherSpelling)
                .filter(other -> isTaken(other) && !isTaken(identity.getId()))
                .ifPresent(identity::setId);
        return identity;
    }

    /** Also by several, which is for the login to refuse: Keycloak (26.7) takes whatever is thrown here for the provider's fault. */
    private boolean isTaken(String id) {
        return new ExternalAccount(getConfig().getAlias(), id).isTaken(session);
    }

    /** @param claims of the token, {@code null} where a profile came without any */
    private void requireTenant(JsonNode claims, JsonNode profile) {
        boolean inside = tenant.hasId(getJsonProperty(profile, "id"))
                && (claims == null || tenant.admits(claims.path("tid").asText()));
        if (!inside) {
            throw ExchangeException.refuse(
                    ExchangeError.ISSUER_MISMATCH, "The account does not belong to the tenant", "tenant_mismatch");
        }
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
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        OthersAddress.leave(session, user, context, super::updateEmail);
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    public static final class Factory extends ReplacingFactory<MicrosoftExchangeIdentityProvider> {
        public Factory() {
            super(
                    new MicrosoftIdentityProviderFactory(),
                    (session, model) ->
                            new MicrosoftExchangeIdentityProvider(session, new MicrosoftIdentityProviderConfig(model)));
        }
    }
}
