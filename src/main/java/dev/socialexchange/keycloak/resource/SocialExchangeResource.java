package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.PlainFactory;
import dev.socialexchange.keycloak.continuation.ContinuationResource;
import dev.socialexchange.keycloak.effect.DueDeletions;
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
        static final String DELETIONS = "signals-deletions";
        private static final int DEFAULT_POLL_SECONDS = 60;
        private static final int DEFAULT_DELETIONS_SECONDS = 3600;

        private int pollSeconds;
        private int deletionsSeconds;

        /** A server that was to do this in a way that cannot be understood does not start without. */
        @Override
        public void init(Config.Scope config) {
            pollSeconds = seconds(config, POLL, DEFAULT_POLL_SECONDS);
            deletionsSeconds = seconds(config, DELETIONS, DEFAULT_DELETIONS_SECONDS);
        }

        private static int seconds(Config.Scope config, String option, int otherwise) {
            int seconds = config.getInt(option, otherwise);
            if (seconds < 0) {
                throw new IllegalArgumentException(
                        "--spi-realm-restapi-extension--social-exchange--" + option + " must be 0 (never) or more");
            }
            return seconds;
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            factory.register(event -> {
                if (event instanceof PostMigrationEvent started) {
                    start(started.getFactory());
                }
            });
        }

        private void start(KeycloakSessionFactory factory) {
            if (pollSeconds > 0) {
                SignalPoll.start(factory, pollSeconds);
            }
            if (deletionsSeconds > 0) {
                DueDeletions.start(factory, deletionsSeconds);
            }
        }

        @Override
        public List<ProviderConfigProperty> getConfigMetadata() {
            return ProviderConfigurationBuilder.create()
                    .property()
                    .name(POLL)
                    .type("int")
                    .helpText("How often signals are fetched from transmitters that do not send them, in seconds;"
                            + " 0 for never.")
                    .defaultValue(DEFAULT_POLL_SECONDS)
                    .add()
                    .property()
                    .name(DELETIONS)
                    .type("int")
                    .helpText(
                            "How often it is looked whether deletions are due that nobody has decided about, in seconds;"
                                    + " 0 for never.")
                    .defaultValue(DEFAULT_DELETIONS_SECONDS)
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
