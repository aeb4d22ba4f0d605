package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.provider.ImportMark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Taking a run back goes on behind somebody at whom other code fails. */
class ImportRunTest {
    private static final String BROKEN = "2-broken";

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                ImportRunTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answered = answer.apply(method.getName(), arguments);
                    if (answered == null && type.isAssignableFrom(method.getReturnType())) {
                        return proxy; // a query's parameters
                    }
                    return answered == null && method.getReturnType() == boolean.class ? Boolean.FALSE : answered;
                }));
    }

    private final UserModel came =
            fake(UserModel.class, (method, arguments) -> ImportMark.CAME.equals(arguments[0]) ? "1" : "django may");

    private KeycloakSession session() {
        TypedQuery<?> people = fake(
                TypedQuery.class,
                (method, arguments) -> method.equals("getResultList") ? List.of("1", BROKEN, "3") : null);
        EntityManager entities = fake(EntityManager.class, (method, arguments) -> people);
        JpaConnectionProvider database = fake(JpaConnectionProvider.class, (method, arguments) -> entities);
        RealmModel realm = fake(RealmModel.class, (method, arguments) -> "shop");
        KeycloakContext context = fake(KeycloakContext.class, (method, arguments) -> realm);
        KeycloakTransactionManager transactions = fake(KeycloakTransactionManager.class, (method, arguments) -> null);
        UserProvider users = fake(UserProvider.class, (method, arguments) -> {
            if (BROKEN.equals(arguments[1])) {
                throw new IllegalStateException("a store of somebody else's");
            }
            return came;
        });
        KeycloakSession own = fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "users" -> users;
            case "getTransactionManager" -> transactions;
            case "getProvider" -> arguments[0] == JpaConnectionProvider.class ? database : null;
            default -> null;
        });
        KeycloakSessionFactory factory = fake(KeycloakSessionFactory.class, (method, arguments) -> own);
        return fake(
                KeycloakSession.class,
                (method, arguments) -> method.equals("getKeycloakSessionFactory") ? factory : null);
    }

    @Test
    void whoCannotBeRemovedIsKeptAndToldAndHoldsNobodyUp() {
        ImportRun.Undone undone = new ImportRun(session(), "django", "may", (own, user) -> true).undo("0", false);

        assertThat(undone.kept()).isEqualTo(3);
        assertThat(undone.removed()).isZero();
        assertThat(undone.next()).isNull();
        assertThat(undone.findings()).containsExactly(new ImportRun.Finding(BROKEN, "setup_faulty"));
        assertThat(log.lines()).allMatch(line -> line.contains("setup_faulty while=import"));
    }
}
