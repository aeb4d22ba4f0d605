package com.example.thirdparty;

import dev.socialexchange.keycloak.telemetry.Recorder;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** {@code /realms/{realm}/throttled-count}: tells the recorder what a throttle would tell it. */
public class ThrottledCount implements RealmResourceProvider {
    public static final String ID = "throttled-count";

    private final KeycloakSession session;

    ThrottledCount(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    @POST
    public Response count() {
        session.getProvider(Recorder.class).throttled("proofs");
        return Response.noContent().build();
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link ThrottledCount}. */
    public static final class Factory implements RealmResourceProviderFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new ThrottledCount(session);
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
