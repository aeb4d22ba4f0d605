package dev.socialexchange.keycloak.telemetry;

import dev.socialexchange.keycloak.Rehearsal;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Counts on the registry that Keycloak (26.7) answers {@code /metrics} from. With its metrics off, nobody has added one to it. */
public final class MeterRecorderFactory implements RecorderFactory {
    static final String LABELS = "labels";

    private Recorder recorder;

    @Override
    public Recorder create(KeycloakSession session) {
        return Rehearsal.is(session) ? new Retold(Rehearsal.journal(session)) : recorder;
    }

    @Override
    public void init(Config.Scope config) {
        recorder = new MeterRecorder(Metrics.globalRegistry, MeterOptions.of(config.get(LABELS)));
    }

    @Override
    public String getId() {
        return "default";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(LABELS)
                .type("string")
                .helpText(
                        "Labels of social_exchange_requests_total beside those that it has anyway, separated by commas: "
                                + MeterOptions.ALIAS + " and " + MeterOptions.CLIENT + '.')
                .add()
                .build();
    }
}
