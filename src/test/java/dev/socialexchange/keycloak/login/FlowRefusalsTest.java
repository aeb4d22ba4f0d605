package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ExtensionLog;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/** What an exchange is told of the accounts that its flow has met. */
class FlowRefusalsTest {
    private static final String VOUCHED = "ada@example.org";
    private static final String CLAIMED = "victim@example.org";

    private static final RealmModel REALM = fake(RealmModel.class, (proxy, method, arguments) -> {
        if (method.getName().equals("isRegistrationEmailAsUsername")) {
            return false;
        }
        AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
        execution.setAuthenticator((String) arguments[0]);
        return execution;
    });

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final Map<String, String> notes = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "email, ada@example.org, ACCOUNT_EXISTS",
        "email, victim@example.org, LOGIN_REQUIRED",
        "username, ada@example.org, USERNAME_TAKEN",
        "username, victim@example.org, LOGIN_REQUIRED",
        "username, ada, USERNAME_TAKEN",
    })
    void namesAnAccountOnlyToWhoOwnsTheAddressThatLedToIt(String attribute, String value, ExchangeError told) {
        meets(attribute, value);

        assertThat(asked("idp-confirm-link").error()).isEqualTo(told);
        assertThat(failed(AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR).error())
                .isEqualTo(told);
    }

    /** Keycloak looks for the address first: that the username is taken would say that nobody has the address. */
    @ParameterizedTest
    @CsvSource({", USERNAME_TAKEN", "ada@example.org, USERNAME_TAKEN", "victim@example.org, LOGIN_REQUIRED"})
    void saysThatAUsernameIsTakenToNobodyWhoseAddressNobodyVouchesFor(String address, ExchangeError told)
            throws IOException {
        SerializedBrokeredIdentityContext identity = new SerializedBrokeredIdentityContext();
        identity.setEmail(address);
        notes.put(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE, JsonSerialization.writeValueAsString(identity));
        meets("username", "ada");

        assertThat(asked("idp-confirm-link").error()).isEqualTo(told);
        assertThat(failed(AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR).error())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthenticationFlowError.class,
            names = {"USER_DISABLED", "USER_TEMPORARILY_DISABLED"})
    void saysThatAnAccountIsDisabledOnlyToWhoOwnsItsAddressOrIsLinkedToIt(AuthenticationFlowError disabled) {
        assertThat(failed(disabled).error()).as("linked").isEqualTo(ExchangeError.ACCOUNT_UNAVAILABLE);

        meets("email", VOUCHED);
        assertThat(failed(disabled).error()).isEqualTo(ExchangeError.ACCOUNT_UNAVAILABLE);

        meets("email", CLAIMED);
        assertThat(failed(disabled).error()).isEqualTo(ExchangeError.LOGIN_REQUIRED);

        meets("username", CLAIMED);
        assertThat(failed(disabled).error()).isEqualTo(ExchangeError.LOGIN_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "username"})
    void answersAlikeWhetherAnAccountExistsOrTheFlowWantsABrowser(String attribute) {
        ExchangeException other = asked("auth-username-password-form");
        meets(attribute, CLAIMED);
        ExchangeException exists = asked("idp-confirm-link");
        ExchangeException disabled = failed(AuthenticationFlowError.USER_DISABLED);

        for (ExchangeException answer : new ExchangeException[] {exists, disabled}) {
            assertThat(answer.error()).isEqualTo(other.error());
            assertThat(answer.getMessage()).isEqualTo(other.getMessage());
            assertThat(answer.browserHelps()).isEqualTo(other.browserHelps());
            assertThat(answer.retryAfter()).isEqualTo(other.retryAfter());
        }
    }

    @Test
    void saysThatAnOrganisationManagesAnAccountOnlyToWhoOwnsItsAddress() {
        notes.put("SOCIAL_EXCHANGE_MANAGED", "true");

        meets("email", VOUCHED);
        assertThat(asked("idp-confirm-link").error()).isEqualTo(ExchangeError.LINKING_NOT_ALLOWED);

        meets("email", CLAIMED);
        assertThat(asked("idp-confirm-link").error()).isEqualTo(ExchangeError.LOGIN_REQUIRED);
    }

    @Test
    void sendsNobodyToABrowserForWhatIsFaultyThereAsWell() {
        ExchangeException internal = failed(AuthenticationFlowError.INTERNAL_ERROR);
        ExchangeException nobody = failed(AuthenticationFlowError.UNKNOWN_USER);

        assertThat(internal.error()).isEqualTo(ExchangeError.SETUP_FAULTY);
        assertThat(internal.detail()).isEqualTo("first login: flow_INTERNAL_ERROR");
        assertThat(nobody.error()).isEqualTo(ExchangeError.SETUP_FAULTY);
        assertThat(nobody.detail()).isEqualTo("first login: flow_UNKNOWN_USER");
        assertThat(log.lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("ERROR: refused: reason=setup_faulty while=first login: flow_"));
    }

    @Test
    void tellsOfAFaultyStepOnlyWhereThatNamesNoAccount() {
        ExchangeException faulty = ExchangeException.setupFaulty("flow first login, step failing-step");
        assertThat(challenges().faulty(faulty)).isSameAs(faulty);

        meets("email", VOUCHED);
        assertThat(challenges().faulty(faulty)).isSameAs(faulty);

        meets("email", CLAIMED);
        ExchangeException told = challenges().faulty(faulty);
        assertThat(told.error()).isEqualTo(ExchangeError.LOGIN_REQUIRED);
        assertThat(told.detail()).isEqualTo(faulty.detail());
        assertThat(told.getMessage())
                .isEqualTo(asked("auth-username-password-form").getMessage());
    }

    private void meets(String attribute, String value) {
        notes.put(
                AbstractIdpAuthenticator.EXISTING_USER_INFO,
                new ExistingUserInfo("4711", attribute, value).serialize());
    }

    private ExchangeException asked(String step) {
        notes.put(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION, step);
        return challenges().asked();
    }

    private ExchangeException failed(AuthenticationFlowError error) {
        return challenges().failed("first login", new AuthenticationFlowException(error));
    }

    private FlowRefusals challenges() {
        return new FlowRefusals(
                REALM,
                fake(
                        AuthenticationSessionModel.class,
                        (proxy, method, arguments) -> method.getName().equals("getRealm")
                                ? REALM
                                : arguments == null ? null : notes.get(arguments[0])),
                VOUCHED::equals);
    }

    private static <T> T fake(Class<T> model, InvocationHandler answers) {
        return model.cast(Proxy.newProxyInstance(model.getClassLoader(), new Class<?>[] {model}, answers));
    }
}
