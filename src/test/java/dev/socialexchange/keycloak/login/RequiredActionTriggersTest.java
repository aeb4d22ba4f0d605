package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExtensionLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegister;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegister;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Which required actions are asked whether there is something to do. */
class RequiredActionTriggersTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final List<RequiredActionProviderModel> ofRealm = new ArrayList<>();
    private final Map<String, RequiredActionFactory> installed = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final UserModel user = fake(UserModel.class, Map.of());
    private final RealmModel realm = fake(
            RealmModel.class,
            Map.of(
                    "getRequiredActionProvidersStream",
                    arguments -> ofRealm.stream(),
                    "getRequiredActionConfigByAlias",
                    arguments -> null,
                    "getName",
                    arguments -> "social"));
    private final KeycloakContext context =
            fake(KeycloakContext.class, mapOfNullable("getRealm", realm, "getHttpRequest", null));
    private final KeycloakSessionFactory factories = fake(
            KeycloakSessionFactory.class,
            Map.of("getProviderFactory", arguments -> installed.get((String) arguments[1])));
    /** Knows no truststore: who makes an action of WebAuthn's asks for it. */
    private final KeycloakSession session =
            fake(KeycloakSession.class, mapOfNullable("getContext", context, "getKeycloakSessionFactory", factories));

    @Test
    void enabledOnesAreAskedInTheirOrderAndOthersAreNot() {
        action("first", true, asked("first"));
        action("switched off", false, asked("switched off"));
        action("second", true, asked("second"));

        evaluate();

        assertThat(asked).containsExactly("first", "second");
    }

    @Test
    void thoseOfWebAuthnAreNotEvenMade() {
        install("webauthn-register", true, new WebAuthnRegisterFactory());
        install("webauthn-register-passwordless", true, new WebAuthnPasswordlessRegisterFactory());
        action("other", true, asked("other"));

        evaluate();

        assertThat(asked).containsExactly("other");
    }

    /** Which is why they need not be asked. */
    @ParameterizedTest
    @ValueSource(classes = {WebAuthnRegister.class, WebAuthnPasswordlessRegister.class})
    void thoseOfWebAuthnHaveNothingToSay(Class<?> action) throws ReflectiveOperationException {
        assertThat(action.getMethod("evaluateTriggers", RequiredActionContext.class)
                        .getDeclaringClass())
                .as("whose method MirrorsTest knows to be empty")
                .isEqualTo(WebAuthnRegister.class);
    }

    @Test
    void somebodyElsesUnderTheIdOfWebAuthnIsAsked() {
        install("webauthn-register", true, new WebAuthnRegisterFactory() {
            @Override
            public RequiredActionProvider create(KeycloakSession ignored) {
                return provider(asked("another"));
            }
        });

        evaluate();

        assertThat(asked).containsExactly("another");
    }

    @Test
    void knowsTheUserAndTheRealm() {
        action("curious", true, action -> {
            assertThat(action.getUser()).isSameAs(user);
            assertThat(action.getRealm()).isSameAs(realm);
            asked.add("curious");
        });

        evaluate();

        assertThat(asked).containsExactly("curious");
    }

    /** As in browser logins, which go on without it. */
    @Test
    void oneWhoseJarHasBeenTakenOutIsLogged() {
        model("gone", true);
        action("other", true, asked("other"));

        evaluate();

        assertThat(asked).containsExactly("other");
        assertThat(log.lines()).singleElement().asString().contains("gone", "social");
    }

    @Test
    void oneOfKeycloaksThatIsMissingEndsTheLogin() {
        model("VERIFY_EMAIL", true);

        assertThatThrownBy(this::evaluate).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noneEndsTheLoginWhileItIsOnlyAsked() {
        for (Consumer<RequiredActionContext> end : List.<Consumer<RequiredActionContext>>of(
                RequiredActionContext::success,
                RequiredActionContext::failure,
                RequiredActionContext::ignore,
                RequiredActionContext::cancel,
                action -> action.failure("no"),
                action -> action.challenge(null))) {
            ofRealm.clear();
            action("ending", true, end);

            assertThatThrownBy(this::evaluate).isInstanceOf(IllegalStateException.class);
        }
    }

    private void evaluate() {
        AuthenticationSessionModel authSession =
                fake(AuthenticationSessionModel.class, mapOfNullable("getAuthenticatedUser", user, "getRealm", realm));
        new RequiredActionTriggers(session).evaluate(authSession, null);
    }

    private Consumer<RequiredActionContext> asked(String name) {
        return action -> asked.add(name);
    }

    private void action(String id, boolean enabled, Consumer<RequiredActionContext> triggers) {
        install(
                id,
                enabled,
                fake(
                        RequiredActionFactory.class,
                        Map.of("create", arguments -> provider(triggers), "getId", arguments -> id)));
    }

    private void install(String id, boolean enabled, RequiredActionFactory factory) {
        model(id, enabled);
        installed.put(id, factory);
    }

    private void model(String id, boolean enabled) {
        RequiredActionProviderModel model = new RequiredActionProviderModel();
        model.setAlias(id);
        model.setProviderId(id);
        model.setEnabled(enabled);
        ofRealm.add(model);
    }

    private static RequiredActionProvider provider(Consumer<RequiredActionContext> triggers) {
        return fake(RequiredActionProvider.class, Map.of("evaluateTriggers", arguments -> {
            triggers.accept((RequiredActionContext) arguments[0]);
            return null;
        }));
    }

    private interface Method {
        Object call(Object... arguments);
    }

    private static Map<String, Method> mapOfNullable(String one, Object first, String another, Object second) {
        return Map.of(one, arguments -> first, another, arguments -> second);
    }

    private static <T> T fake(Class<T> type, Map<String, Method> methods) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Method known = methods.get(method.getName());
            if (known == null) {
                throw new UnsupportedOperationException(method.toString());
            }
            return known.call(arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
