package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.PlainFactory;
import dev.socialexchange.keycloak.continuation.ContinuationResource;
import dev.socialexchange.keycloak.poll.SignalPoll;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
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
        static final String POLL = "signals-poll";
        private static final int DEFAULT_POLL_SECONDS = 60;

        private int pollSeconds;

        /** A server that was to fetch in a way that cannot be understood does not start without. */
        @Override
        public void init(Config.Scope config) {
            pollSeconds = config.getInt(POLL, DEFAULT_POLL_SECONDS);
            if (pollSeconds < 0) {
                throw new IllegalArgumentException(
                        "--spi-realm-restapi-extension--social-exchange--" + POLL + " must be 0 (never) or more");
            }
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            if (pollSeconds > 0) {
                factory.register(event -> {
                    if (event instanceof PostMigrationEvent started) {
                        SignalPoll.start(started.getFactory(), pollSeconds);
                    }
                });
            }
        }

        @Override
        public List<ProviderConfigProperty> getConfigMetadata() {
            return ProviderConfigurationBuilder.create()
                    .property()
                    .name(POLL)
                    .type("int")
                    .helpText(
                            "How often signals are fetched from transmitters that do not send them, in seconds; 0 for never.")
                    .defaultValue(DEFAULT_POLL_SECONDS)
                    .add()
                    .build();
        }

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
