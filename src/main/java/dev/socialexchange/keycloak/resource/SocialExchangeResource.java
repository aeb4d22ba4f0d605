package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.PlainFactory;
import dev.socialexchange.keycloak.continuation.ContinuationResource;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** {@code /realms/{realm}/social-exchange}: the doors beside the token endpoint, each a resource of its own. */
public class SocialExchangeResource implements RealmResourceProvider {
    private final KeycloakSession session;

    SocialExchangeResource(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    @Path("doctor")
    public DoctorPageResource doctor() {
        return new DoctorPageResource(session);
    }

    @Path("drop-in/{shape}/{client}")
    public DropInResource dropIn(@PathParam("shape") String shape, @PathParam("client") String client) {
        return new DropInResource(session, shape, client);
    }

    @Path("interaction")
    public ContinuationResource interaction() {
        return new ContinuationResource(session);
    }

    @Path("links/{alias}")
    public LinksResource links(@PathParam("alias") String alias) {
        return new LinksResource(session, alias);
    }

    @Path("login/{alias}")
    public LoginResource login(@PathParam("alias") String alias) {
        return new LoginResource(session, alias);
    }

    @Path("nonce")
    public NonceResource nonce() {
        return new NonceResource(session);
    }

    @Path("providers")
    public ProvidersResource providers() {
        return new ProvidersResource(session);
    }

    @Path("signals/{alias}")
    public SignalsResource signals(@PathParam("alias") String alias) {
        return new SignalsResource(session, alias);
    }

    @Path("deletion")
    public DeletionResource deletion() {
        return new DeletionResource(session);
    }

    @Path("suspended")
    public SuspendedResource suspended() {
        return new SuspendedResource(session);
    }

    @Path("unlink")
    public UnlinkResource unlink() {
        return new UnlinkResource(session);
    }

    @Override
    public void close() {
        // holds nothing
    }

    public static final class Factory implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {
        @Override
        public String getId() {
            return "social-exchange";
        }

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new SocialExchangeResource(session);
        }
    }
}
