package dev.socialexchange.keycloak.doctor;

import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Adds the doctor to each realm's admin API. */
public final class Doctor implements AdminRealmResourceProviderFactory, AdminRealmResourceProvider {
    static final String DRIFT_WATCH = "drift-watch";

    private final HostTurns turns = new HostTurns();
    private int watchSeconds;

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new DoctorResource(session, realm, auth, adminEvent, turns);
    }

    @Override
    public String getId() {
        return "social-exchange";
    }

    /** A server that was to watch in a way that cannot be understood does not start without. */
    @Override
    public void init(Config.Scope config) {
        watchSeconds = config.getInt(DRIFT_WATCH, 0);
        if (watchSeconds < 0) {
            throw new IllegalArgumentException("--spi-admin-realm-restapi-extension--social-exchange--" + DRIFT_WATCH
                    + " must be 0 (never) or more");
        }
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        if (watchSeconds > 0) {
            factory.register(event -> {
                if (event instanceof PostMigrationEvent started) {
                    DriftWatch.start(started.getFactory(), Duration.ofSeconds(watchSeconds), turns);
                }
            });
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(DRIFT_WATCH)
                .type("int")
                .helpText("How often what open providers publish is compared with what is known of them, in seconds:"
                        + " 86400 for once a day. 0, which is the default, for never.")
                .defaultValue(0)
                .add()
                .build();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
