package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.socialexchange.keycloak.ExtensionLog;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.common.ClientConnection;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.RealmPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.UserPermissionEvaluator;
import org.keycloak.urls.HostnameProvider;
import org.keycloak.urls.UrlType;

/** What was brought before the database was gone stays, and so does the word of it. */
class ImportEventsTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final List<AdminEvent> ofTheRequest = new ArrayList<>();
    private final List<AdminEvent> committed = new ArrayList<>();
    private final RealmModel realm = fake(RealmModel.class, (method, arguments) -> switch (method) {
        case "getId" -> "shop-id";
        case "getName" -> "shop";
        case "isAdminEventsEnabled", "isAdminEventsDetailsEnabled" -> true;
        case "getEventsListenersStream" -> Stream.of();
        default -> null;
    });
    private final UserModel admin = fake(UserModel.class, (method, arguments) -> "admin");
    private final ClientModel client = fake(ClientModel.class, (method, arguments) -> "importer");
    private final AdminAuth adminAuth = new AdminAuth(realm, new AccessToken(), admin, client);

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        InvocationHandler answering = (proxy, method, arguments) -> {
            Object answered = answer.apply(method.getName(), arguments);
            return answered == null && method.getReturnType() == boolean.class ? Boolean.FALSE : answered;
        };
        return type.cast(
                Proxy.newProxyInstance(ImportEventsTest.class.getClassLoader(), new Class<?>[] {type}, answering));
    }

    private static EventStoreProvider store(List<AdminEvent> events) {
        return fake(
                EventStoreProvider.class,
                (method, arguments) -> method.equals("onEvent") && events.add((AdminEvent) arguments[0]) ? null : null);
    }

    /** Of whom a database is asked that has just gone; of everybody else it answers. */
    private static EntityManager gone() {
        return fake(EntityManager.class, (method, arguments) -> {
            if (method.equals("createQuery")) {
                throw new PersistenceException(new SQLException("gone", "08006"));
            }
            return null;
        });
    }

    private KeycloakSession session(List<AdminEvent> events, KeycloakSessionFactory[] factory) {
        KeycloakSession[] made = new KeycloakSession[1];
        UriInfo address = fake(UriInfo.class, (method, arguments) -> "/admin/realms/shop/social-exchange/imports");
        KeycloakContext context = fake(KeycloakContext.class, (method, arguments) -> switch (method) {
            case "getRealm" -> realm;
            case "getUri" -> new KeycloakUriInfo(made[0], UrlType.ADMIN, address);
            default -> null;
        });
        KeycloakTransactionManager transactions = fake(KeycloakTransactionManager.class, (method, arguments) -> null);
        made[0] = fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "getKeycloakSessionFactory" -> factory[0];
            case "getTransactionManager" -> transactions;
            case "realms" -> fake(RealmProvider.class, (asked, of) -> realm);
            case "users" -> fake(UserProvider.class, (asked, of) -> admin);
            case "clients" -> fake(ClientProvider.class, (asked, of) -> client);
            case "getProvider" -> provided((Class<?>) arguments[0], events);
            default -> null;
        });
        return made[0];
    }

    private static Object provided(Class<?> type, List<AdminEvent> events) {
        if (type == EventStoreProvider.class) {
            return store(events);
        }
        if (type == JpaConnectionProvider.class) {
            return fake(JpaConnectionProvider.class, (method, arguments) -> gone());
        }
        return type == HostnameProvider.class
                ? fake(HostnameProvider.class, (method, arguments) -> URI.create("https://shop.example/"))
                : null;
    }

    private ImportsResource imports() {
        KeycloakSessionFactory[] factory = new KeycloakSessionFactory[1];
        factory[0] = fake(
                KeycloakSessionFactory.class,
                (method, arguments) -> method.equals("create") ? session(committed, factory) : Stream.of());
        KeycloakSession session = session(ofTheRequest, factory);
        AdminPermissionEvaluator auth = fake(AdminPermissionEvaluator.class, (method, arguments) -> switch (method) {
            case "users" -> fake(UserPermissionEvaluator.class, (asked, of) -> null);
            case "realm" -> fake(RealmPermissionEvaluator.class, (asked, of) -> null);
            default -> null;
        });
        ClientConnection connection = fake(ClientConnection.class, (method, arguments) -> "127.0.0.1");
        return new ImportsResource(session, realm, auth, new AdminEventBuilder(realm, adminAuth, session, connection));
    }

    /** The answer itself, 503, is made by what only a server has. */
    private static void assertBrokenOff(ThrowingCallable request) {
        assertThat(catchThrowable(request)).isNotNull();
    }

    private AdminEvent onlyEvent() {
        assertThat(ofTheRequest).as("they are rolled back with the request").isEmpty();
        assertThat(committed).hasSize(1);
        AdminEvent event = committed.get(0);
        assertThat(event.getResourcePath()).isEqualTo("social-exchange/imports");
        assertThat(event.getDetails())
                .containsEntry("error", "server_busy: database")
                .containsEntry("source", "django")
                .containsEntry("job", "may")
                .containsEntry("dry_run", "false");
        assertThat(log.lines()).anyMatch(line -> line.contains("broken off: error=server_busy: database"));
        return event;
    }

    @Test
    void anImportThatIsBrokenOffTellsWhatHasBecomeOfThoseBefore() {
        String lines = "{\"sourceId\":\"1\",\"emial\":\"a\"}\n{\"sourceId\":\"2\",\"username\":\"mira\"}";

        assertBrokenOff(() -> imports()
                .bring(
                        "django",
                        "may",
                        "false",
                        false,
                        true,
                        false,
                        false,
                        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))));

        AdminEvent event = onlyEvent();
        assertThat(event.getOperationType()).isEqualTo(OperationType.ACTION);
        assertThat(event.getRepresentation()).isEqualTo("{\"created\":0,\"refused\":1,\"unchanged\":0,\"updated\":0}");
        assertThat(event.getDetails()).containsEntry("bring_deleted", "true");
    }

    @Test
    void anUndoThatIsBrokenOffTellsWhomItHasRemoved() {
        assertBrokenOff(() -> imports().undo("django", "may", "false", "0"));

        AdminEvent event = onlyEvent();
        assertThat(event.getOperationType()).isEqualTo(OperationType.DELETE);
        assertThat(event.getRepresentation()).isEqualTo("{\"removed\":0}");
        assertThat(event.getDetails()).containsEntry("undo", "true");
    }
}
