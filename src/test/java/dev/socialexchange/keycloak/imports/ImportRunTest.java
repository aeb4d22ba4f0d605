package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.provider.ImportMark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;

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

    private final Map<String, Object> noted = new HashMap<>(Map.of(ImportMark.ATTRIBUTE, "django may"));
    private final UserModel untouched = fake(UserModel.class, (method, arguments) -> switch (method) {
        case "setSingleAttribute" -> noted.put((String) arguments[0], arguments[1]);
        case "getFirstAttribute" -> noted.get((String) arguments[0]);
        case "getAttributes" -> noted;
        case "getId" -> "1";
        case "getRoleMappingsStream", "getGroupsStream" -> Stream.empty();
        case "credentialManager" -> fake(SubjectCredentialManager.class, (asked, of) -> Stream.empty());
        default -> null;
    });

    @BeforeAll
    static void takeKeycloaksFeaturesAsTheyAre() {
        Profile.defaults();
    }

    /** @param user by their id */
    private static KeycloakSession session(Function<String, UserModel> user) {
        TypedQuery<?> people = fake(
                TypedQuery.class,
                (method, arguments) -> method.equals("getResultList") ? List.of("1", BROKEN, "3") : null);
        EntityManager entities = fake(EntityManager.class, (method, arguments) -> people);
        JpaConnectionProvider database = fake(JpaConnectionProvider.class, (method, arguments) -> entities);
        RealmModel realm = fake(RealmModel.class, (method, arguments) -> switch (method) {
            case "getId", "getName" -> "shop";
            case "getDefaultRole" -> fake(RoleModel.class, (asked, of) -> "default-roles");
            case "getDefaultGroupsStream", "getClientsStream" -> Stream.empty();
            default -> null;
        });
        KeycloakContext context = fake(KeycloakContext.class, (method, arguments) -> realm);
        KeycloakTransactionManager transactions = fake(KeycloakTransactionManager.class, (method, arguments) -> null);
        UserProvider users = fake(
                UserProvider.class,
                (method, arguments) ->
                        method.equals("getUserById") ? user.apply((String) arguments[1]) : Stream.empty());
        UserSessionProvider sessions = fake(UserSessionProvider.class, (method, arguments) -> Stream.empty());
        KeycloakSession own = fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "users" -> users;
            case "sessions" -> sessions;
            case "getTransactionManager" -> transactions;
            case "getProvider" -> arguments[0] == JpaConnectionProvider.class ? database : null;
            default -> null;
        });
        KeycloakSessionFactory factory = fake(KeycloakSessionFactory.class, (method, arguments) -> own);
        return fake(
                KeycloakSession.class,
                (method, arguments) -> method.equals("getKeycloakSessionFactory") ? factory : null);
    }

    private static UserModel broken() {
        throw new IllegalStateException("a store of somebody else's");
    }

    private static UserModel gone() {
        throw new PersistenceException(new SQLException("gone", "08006"));
    }

    /** For the administrator, who is told of nobody else. */
    @Test
    void whoWasRemovedBeforeTheDatabaseWasGoneIsCounted() {
        BroughtState.write(untouched, Optional.empty());
        KeycloakSession session = session(id -> switch (id) {
            case BROKEN -> broken();
            case "3" -> gone();
            default -> untouched;
        });
        ImportRun run = new ImportRun(session, "django", "may", (own, user) -> true);

        assertThatThrownBy(() -> run.undo("0", true))
                .isInstanceOfSatisfying(ExchangeException.class, failed -> assertThat(failed.error())
                        .isEqualTo(ExchangeError.SERVER_BUSY));

        assertThat(run.removed()).isEqualTo(1);
        assertThat(log.lines()).isNotEmpty();
    }

    @Test
    void whoCannotBeRemovedIsKeptAndToldAndHoldsNobodyUp() {
        KeycloakSession session = session(id -> id.equals(BROKEN) ? broken() : came);

        ImportRun.Undone undone = new ImportRun(session, "django", "may", (own, user) -> true).undo("0", false);

        assertThat(undone.kept()).isEqualTo(3);
        assertThat(undone.removed()).isZero();
        assertThat(undone.next()).isNull();
        assertThat(undone.findings()).containsExactly(new ImportRun.Finding(BROKEN, "setup_faulty"));
        assertThat(log.lines()).allMatch(line -> line.contains("setup_faulty while=import"));
    }
}
