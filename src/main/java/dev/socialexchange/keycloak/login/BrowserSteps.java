package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.authentication.authenticators.broker.IdpReviewProfileAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Which steps of a flow need the person in a browser, told without running it.
 *
 * @param ofEverybody at which everybody's first login stops
 * @param ofSomebody which are met where an earlier way does not succeed, such as by who has an account here already
 * @param foreign of neither Keycloak nor this extension: with one of them the whole flow waits for a browser
 * @param broken what of the flow is missing, empty if it is whole
 */
public record BrowserSteps(
        Set<String> ofEverybody, Set<String> ofSomebody, Set<String> foreign, Optional<String> broken) {
    /** By Keycloak's ids (26.7): these ask whoever comes to them. */
    private static final Set<String> ASKING = Set.of(
            "idp-confirm-link",
            "idp-confirm-override-link",
            "idp-email-verification",
            "idp-username-password-form",
            "auth-username-password-form",
            "auth-username-form",
            "auth-password-form",
            "auth-otp-form",
            "auth-recovery-authn-code-form",
            "webauthn-authenticator",
            "webauthn-authenticator-passwordless");

    private static final String UPDATE_PROFILE = "update.profile.on.first.login";

    /** The id of the flow that new people of a provider come by: its own, or the realm's; {@code null} if there is neither. */
    public static String firstLoginFlow(RealmModel realm, IdentityProviderModel provider) {
        String flowId = provider.getFirstBrokerLoginFlowId();
        AuthenticationFlowModel ofRealm = realm.getFirstBrokerLoginFlow();
        return flowId != null || ofRealm == null ? flowId : ofRealm.getId();
    }

    /** @param flow {@code null} if the provider names one that is gone */
    public static BrowserSteps of(KeycloakSession session, RealmModel realm, AuthenticationFlowModel flow) {
        BrowserSteps steps = new BrowserSteps(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), Optional.empty());
        if (flow == null) {
            return steps.brokenBy("flow_missing");
        }
        try {
            steps.walk(session, realm, flow, true);
            return steps;
        } catch (ExchangeException faulty) {
            return steps.brokenBy(faulty.detail());
        }
    }

    private BrowserSteps brokenBy(String what) {
        return new BrowserSteps(ofEverybody, ofSomebody, foreign, Optional.of(what));
    }

    /** @param certain whether everybody comes by here */
    private void walk(KeycloakSession session, RealmModel realm, AuthenticationFlowModel flow, boolean certain) {
        List<AuthenticationExecutionModel> all = realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(execution -> !execution.isDisabled())
                .toList();
        List<AuthenticationExecutionModel> alternatives =
                all.stream().filter(AuthenticationExecutionModel::isAlternative).toList();
        // Keycloak ignores alternatives beside what is required
        boolean chosen = alternatives.size() == all.size();
        for (AuthenticationExecutionModel execution : all) {
            if (execution.isAlternative() && !chosen) {
                continue;
            }
            boolean first = !chosen || execution == all.get(0);
            look(session, realm, execution, certain && first && !execution.isConditional());
        }
    }

    private void look(
            KeycloakSession session, RealmModel realm, AuthenticationExecutionModel execution, boolean certain) {
        if (execution.isAuthenticatorFlow()) {
            walk(session, realm, FlowParts.flow(realm, execution), certain);
            return;
        }
        String id = execution.getAuthenticator();
        if (!HeadlessSteps.isKnown(FlowParts.step(session, execution), id)) {
            foreign.add(id);
        } else if (asks(realm, execution)) {
            (certain ? ofEverybody : ofSomebody).add(id);
        }
    }

    private static boolean asks(RealmModel realm, AuthenticationExecutionModel execution) {
        if (!IdpReviewProfileAuthenticatorFactory.PROVIDER_ID.equals(execution.getAuthenticator())) {
            return ASKING.contains(execution.getAuthenticator());
        }
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        return config != null && "on".equals(config.getConfig().get(UPDATE_PROFILE));
    }
}
