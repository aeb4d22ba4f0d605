package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.login.BrowserSteps;
import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.net.LoopbackCalls;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/** A realm with two clients, one of them disabled, and simulators of its own behind it, in which a test plants a mistake. */
final class CheckedRealm implements AutoCloseable {
    static final String REDIRECT_URI = "https://sso.example/realms/social/broker/checked/endpoint";

    final Simulator providers = Simulator.start(0);
    final OfflineKeycloak keycloak = new OfflineKeycloak();

    private final LoopbackCalls calls = new LoopbackCalls(providers.proxyUrl(), providers.caCertificatePem());
    private static final String FLOW = "flow";

    private final AuthenticationFlowModel flow = new AuthenticationFlowModel();
    private final RealmModel realm = RealTypes.fake(
            RealmModel.class,
            Map.of(
                    "getClientByClientId", arguments -> client((String) arguments[0]),
                    "getFirstBrokerLoginFlow", arguments -> flow,
                    "getAuthenticationFlowById", arguments -> FLOW.equals(arguments[0]) ? flow : null));
    private BrowserSteps steps = new BrowserSteps(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty());

    CheckedRealm() {
        flow.setId(FLOW);
        flow.setAlias("first broker login");
    }

    private static ClientModel client(String clientId) {
        return Set.of("spa", "retired").contains(clientId)
                ? RealTypes.fake(
                        ClientModel.class,
                        Map.of("isEnabled", arguments -> clientId.equals("spa"), "getClientId", arguments -> clientId))
                : null;
    }

    /** What the flow asks of people. */
    CheckedRealm flow(BrowserSteps found) {
        steps = found;
        return this;
    }

    /** A provider that is set up rightly. */
    IdentityProviderModel rightly(String id) {
        return with(id, Map.of());
    }

    IdentityProviderModel with(String id, Map<String, String> settings) {
        return with(id, settings, model -> {});
    }

    IdentityProviderModel with(String id, Map<String, String> settings, Consumer<IdentityProviderModel> change) {
        Map<String, String> all = new HashMap<>(Map.of("exchangeClients", "spa"));
        all.putAll(settings);
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias("checked");
        model.setInternalId("checked");
        model.setProviderId(DescribedProviders.type(id));
        model.setEnabled(true);
        model.getConfig().putAll(DescribedProviders.settings(providers, id, all));
        change.accept(model);
        return model;
    }

    List<Finding> check(IdentityProviderModel model) {
        return check(model, calls);
    }

    List<Finding> check(IdentityProviderModel model, LoopbackCalls by) {
        keycloak.calling(by.ofARequest());
        Patient patient = Patient.of(realm, model, RealTypes.of(model), REDIRECT_URI);
        Check check = new Check(patient, keycloak, ignored -> steps);
        List<Finding> findings = check.findings(check.settings(), new HostTurns());
        // whatever is found can be told, in both languages
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            Checked.of("checked", id(model), findings, new Phrases(locale));
        }
        return findings;
    }

    private static String id(IdentityProviderModel model) {
        return model.getProviderId();
    }

    @Override
    public void close() {
        providers.close();
    }
}
