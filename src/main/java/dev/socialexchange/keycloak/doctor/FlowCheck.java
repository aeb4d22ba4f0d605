package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.login.BrowserSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/** What a provider's flows ask of people. */
record FlowCheck(Patient patient, Function<AuthenticationFlowModel, BrowserSteps> steps) {
    private static final String FIRST = "first_login_flow";
    private static final String POST = "post_login_flow";

    List<Finding> findings() {
        RealmModel realm = patient.realm();
        IdentityProviderModel model = patient.model();
        List<Finding> findings = new ArrayList<>();
        AuthenticationFlowModel first = Optional.ofNullable(BrowserSteps.firstLoginFlow(realm, model))
                .map(realm::getAuthenticationFlowById)
                .orElse(null);
        findings.add(finding(FIRST, "firstBrokerLoginFlowAlias", first));
        if (model.getPostBrokerLoginFlowId() != null) {
            findings.add(finding(
                    POST,
                    "postBrokerLoginFlowAlias",
                    realm.getAuthenticationFlowById(model.getPostBrokerLoginFlowId())));
        }
        return findings;
    }

    private Finding finding(String name, String setting, AuthenticationFlowModel flow) {
        BrowserSteps needed = steps.apply(flow);
        if (needed.broken().isPresent()) {
            return Finding.refused(name, "missing").found(needed.broken().get()).setting(setting);
        }
        if (!needed.foreign().isEmpty()) {
            return Finding.warning(name, "foreign")
                    .found(String.join(", ", needed.foreign()))
                    .setting(setting);
        }
        if (!needed.ofEverybody().isEmpty()) {
            return Finding.warning(name, "browser")
                    .found(String.join(", ", needed.ofEverybody()))
                    .setting(setting);
        }
        return Finding.ok(name).found(flow.getAlias());
    }
}
