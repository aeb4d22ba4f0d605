package com.example.thirdparty;

import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Writes what nobody validates, as a server without an extension does with the extension's settings. */
public class Unvalidated implements RealmResourceProvider {
    private final KeycloakSession session;

    Unvalidated(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    /** Settings of an identity provider; {@code null} removes one. */
    @PUT
    @Path("providers/{alias}")
    public Response provider(@PathParam("alias") String alias, Map<String, String> settings) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        settings.forEach((key, value) -> {
            if (value == null) {
                provider.getConfig().remove(key);
            } else {
                provider.getConfig().put(key, value);
            }
        });
        session.identityProviders().update(provider);
        return Response.noContent().build();
    }

    /** The flow that an identity provider's first logins go through, by an id that no flow may have. */
    @PUT
    @Path("flows/{alias}/{flowId}")
    public Response flow(@PathParam("alias") String alias, @PathParam("flowId") String flowId) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        provider.setFirstBrokerLoginFlowId(flowId);
        session.identityProviders().update(provider);
        return Response.noContent().build();
    }

    /** The authenticator of a step, by an id that none may have. */
    @PUT
    @Path("steps/{id}/{authenticator}")
    public Response step(@PathParam("id") String id, @PathParam("authenticator") String authenticator) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(id);
        execution.setAuthenticator(authenticator);
        realm.updateAuthenticatorExecution(execution);
        return Response.noContent().build();
    }

    /** The flow that stands in another, by an id that none may have. */
    @PUT
    @Path("inner-flows/{id}/{flowId}")
    public Response innerFlow(@PathParam("id") String id, @PathParam("flowId") String flowId) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(id);
        execution.setFlowId(flowId);
        realm.updateAuthenticatorExecution(execution);
        return Response.noContent().build();
    }

    /** All settings of a step that has some. */
    @PUT
    @Path("step-settings/{id}")
    public Response stepSettings(@PathParam("id") String id, Map<String, String> settings) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(id);
        AuthenticatorConfigModel config = realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        config.setConfig(settings);
        realm.updateAuthenticatorConfig(config);
        return Response.noContent().build();
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link Unvalidated} resources. */
    public static final class Factory implements RealmResourceProviderFactory {

        @Override
        public String getId() {
            return "unvalidated";
        }

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new Unvalidated(session);
        }

        @Override
        public void init(Config.Scope config) {
            // has no settings
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // needs nothing else
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
