package dev.socialexchange.keycloak.throttle;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Owns what a node counts. */
public final class NodeThrottleFactory implements ThrottleFactory {
    private static final String FAILURES = "failures-per-minute";
    private static final String VISITS = "visits-per-minute";
    private static final String CALLS = "calls-per-minute";

    private Throttle throttle;

    @Override
    public Throttle create(KeycloakSession session) {
        return throttle;
    }

    @Override
    public void init(Config.Scope config) {
        throttle = new NodeThrottle(
                new Limits(
                        limit(config, FAILURES, Limits.DEFAULT.failures()),
                        limit(config, VISITS, Limits.DEFAULT.visits()),
                        limit(config, CALLS, Limits.DEFAULT.calls())),
                System::nanoTime);
    }

    /** A server that was to be protected in a way that cannot be understood does not start without. */
    private static int limit(Config.Scope config, String option, int defaultValue) {
        int limit = config.getInt(option, defaultValue);
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "--spi-social-exchange-throttle--default--" + option + " must be 0 (no limit) or more");
        }
        return limit;
    }

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(FAILURES)
                .type("int")
                .helpText(
                        "How many failed exchanges of one client and address are answered with their reason, per minute.")
                .defaultValue(Limits.DEFAULT.failures())
                .add()
                .property()
                .name(VISITS)
                .type("int")
                .helpText("How many requests of one address a door answers at which nothing is proven, per minute.")
                .defaultValue(Limits.DEFAULT.visits())
                .add()
                .property()
                .name(CALLS)
                .type("int")
                .helpText("How many calls to one provider may be in vain for one client, per minute.")
                .defaultValue(Limits.DEFAULT.calls())
                .add()
                .build();
    }
}
