package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.JWTAuthorizationGrantProvider;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;

/** Keycloak's classes have no descendant of ours in common: each that extends one of them says by itself what is asked of all. */
class BrowserRulesTest {
    private static final Path TYPES = Path.of("target/classes/dev/socialexchange/keycloak/type");

    @Test
    void everyTypeHoldsBrowserLoginsToTheRulesOfExchanges() throws IOException {
        List<Class<?>> types = types();

        assertThat(types).hasSizeGreaterThan(14);
        for (Class<?> type : types) {
            assertThatCode(() -> {
                        ours(type, "callback", RealmModel.class, AuthenticationCallback.class, EventBuilder.class);
                        ours(type, "updateEmail", UserModel.class, BrokeredIdentityContext.class);
                        ours(type, "setEmailVerified", UserModel.class, BrokeredIdentityContext.class);
                        ours(
                                type,
                                "updateBrokeredUser",
                                KeycloakSession.class,
                                RealmModel.class,
                                UserModel.class,
                                BrokeredIdentityContext.class);
                    })
                    .as(type.getSimpleName())
                    .doesNotThrowAnyException();
        }
    }

    /** Whatever Keycloak's classes take from whoever asks who somebody is, by whichever of its doors. */
    @Test
    void typesThatKeycloaksJwtAuthorizationGrantAsksKnowOfClosedLinks() throws IOException {
        List<Class<?>> asked = types().stream()
                .filter(JWTAuthorizationGrantProvider.class::isAssignableFrom)
                .toList();

        assertThat(asked).hasSizeGreaterThan(3);
        for (Class<?> type : asked) {
            assertThatCode(() -> ours(
                            type, "validateAuthorizationGrantAssertion", JWTAuthorizationGrantValidationContext.class))
                    .as(type.getSimpleName())
                    .doesNotThrowAnyException();
        }
    }

    private static void ours(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        for (Class<?> one = type; one.getPackageName().equals(type.getPackageName()); one = one.getSuperclass()) {
            for (Method method : one.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && List.of(method.getParameterTypes()).equals(List.of(parameters))) {
                    return;
                }
            }
        }
        throw new NoSuchMethodException(type.getName() + '.' + name);
    }

    private static List<Class<?>> types() throws IOException {
        try (Stream<Path> files = Files.list(TYPES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IdentityProvider.class"))
                    .<Class<?>>map(name -> type(name.replace(".class", "")))
                    .filter(ExchangeIdentityProvider.class::isAssignableFrom)
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(BrowserRulesTest.class.getPackageName() + '.' + name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
