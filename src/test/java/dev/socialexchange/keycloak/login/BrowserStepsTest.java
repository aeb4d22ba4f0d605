package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.MessageStepFactory;
import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.authenticators.broker.IdpConfirmLinkAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

class BrowserStepsTest {
    private static final String MAIL = "idp-email-verification";
    private static final String CREATE = "idp-create-user-if-unique";
    private static final String REVIEW = "idp-review-profile";

    private final Map<String, AuthenticationFlowModel> flows = new HashMap<>();
    private final Map<String, List<AuthenticationExecutionModel>> executions = new HashMap<>();
    private final Map<String, AuthenticatorConfigModel> configs = new HashMap<>();

    private final RealmModel realm = RealTypes.fake(
            RealmModel.class,
            Map.of(
                    "getAuthenticationExecutionsStream", arguments -> executions.get(arguments[0]).stream(),
                    "getAuthenticationFlowById", arguments -> flows.get(arguments[0]),
                    "getAuthenticatorConfigById", arguments -> configs.get(arguments[0])));
    private final KeycloakSessionFactory factories = RealTypes.fake(
            KeycloakSessionFactory.class, Map.of("getProviderFactory", arguments -> switch ((String) arguments[1]) {
                case "gone" -> null;
                case "message" -> new MessageStepFactory();
                default -> new IdpConfirmLinkAuthenticatorFactory(); // one of Keycloak's
            }));
    private final KeycloakSession session = RealTypes.fake(
            KeycloakSession.class,
            Map.of(
                    "getKeycloakSessionFactory",
                    arguments -> factories,
                    "getContext",
                    arguments -> RealTypes.fake(KeycloakContext.class, Map.of("getRealm", ignored -> realm))));

    @Test
    void stepThatIsRequiredIsMetByEverybody() {
        flow("top", step(CREATE, Requirement.REQUIRED), step(MAIL, Requirement.REQUIRED));

        assertThat(look().ofEverybody()).containsExactly(MAIL);
    }

    /** As in Keycloak's own flow: who is new is let in before. */
    @Test
    void laterAlternativeIsMetBySomebody() {
        flow("top", sub("user", Requirement.REQUIRED));
        flow("user", step(CREATE, Requirement.ALTERNATIVE), sub("existing", Requirement.ALTERNATIVE));
        flow("existing", step("idp-confirm-link", Requirement.REQUIRED), step(MAIL, Requirement.REQUIRED));

        assertThat(look().ofEverybody()).isEmpty();
        assertThat(look().ofSomebody()).containsExactlyInAnyOrder("idp-confirm-link", MAIL);
    }

    @Test
    void firstAlternativeIsTriedByEverybody() {
        flow("top", step(MAIL, Requirement.ALTERNATIVE), step(CREATE, Requirement.ALTERNATIVE));

        assertThat(look().ofEverybody()).containsExactly(MAIL);
    }

    @Test
    void conditionalFlowAndStepThatIsSwitchedOffAreNotForEverybody() {
        flow("top", step(MAIL, Requirement.DISABLED), sub("otp", Requirement.CONDITIONAL));
        flow("otp", step("auth-otp-form", Requirement.REQUIRED));

        assertThat(look().ofEverybody()).isEmpty();
        assertThat(look().ofSomebody()).containsExactly("auth-otp-form");
    }

    /** Keycloak ignores them. */
    @Test
    void alternativesBesideSomethingRequiredAreNotMet() {
        flow("top", step(CREATE, Requirement.REQUIRED), step(MAIL, Requirement.ALTERNATIVE));

        assertThat(look().ofEverybody()).isEmpty();
        assertThat(look().ofSomebody()).isEmpty();
    }

    @Test
    void profileThatEverybodyReviewsAsksEverybody() {
        AuthenticationExecutionModel review = step(REVIEW, Requirement.REQUIRED);
        review.setAuthenticatorConfig("config");
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setConfig(Map.of("update.profile.on.first.login", "on"));
        configs.put("config", config);
        flow("top", review);
        assertThat(look().ofEverybody()).containsExactly(REVIEW);

        config.setConfig(Map.of("update.profile.on.first.login", "missing"));
        assertThat(look().ofEverybody()).isEmpty();
    }

    @Test
    void stepOfAnotherExtensionHoldsUpTheWholeFlowWhereverItStands() {
        flow("top", step(CREATE, Requirement.ALTERNATIVE), step("message", Requirement.ALTERNATIVE));

        assertThat(look().foreign()).containsExactly("message");
    }

    @Test
    void flowOrPartThatIsGoneIsSaidSo() {
        assertThat(BrowserSteps.of(session, realm, null).broken()).contains("flow_missing");

        flow("top", step("gone", Requirement.REQUIRED));
        assertThat(look().broken()).hasValueSatisfying(what -> assertThat(what).contains("gone"));

        flow("top", sub("nowhere", Requirement.REQUIRED));
        assertThat(look().broken()).isPresent();
    }

    private BrowserSteps look() {
        return BrowserSteps.of(session, realm, flows.get("top"));
    }

    private void flow(String id, AuthenticationExecutionModel... parts) {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId(id);
        flow.setAlias(id);
        flows.put(id, flow);
        List<AuthenticationExecutionModel> all = new ArrayList<>(List.of(parts));
        all.forEach(part -> part.setParentFlow(id));
        executions.put(id, all);
    }

    private static AuthenticationExecutionModel step(String authenticator, Requirement requirement) {
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setAuthenticator(authenticator);
        step.setRequirement(requirement);
        return step;
    }

    private static AuthenticationExecutionModel sub(String flow, Requirement requirement) {
        AuthenticationExecutionModel sub = new AuthenticationExecutionModel();
        sub.setAuthenticatorFlow(true);
        sub.setFlowId(flow);
        sub.setRequirement(requirement);
        return sub;
    }
}
