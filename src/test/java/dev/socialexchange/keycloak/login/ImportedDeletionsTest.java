package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.provider.ImportMark;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** Who was imported and deleted stays deleted, whatever is taken back. */
class ImportedDeletionsTest {
    private final Map<String, Object> noted = new HashMap<>();
    private final Map<String, Object> kept = new HashMap<>();

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                ImportedDeletionsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    private final RealmModel realm = fake(RealmModel.class, (method, arguments) -> "shop");
    private final UserModel user = fake(UserModel.class, (method, arguments) -> switch (method) {
        case "setSingleAttribute" -> noted.put((String) arguments[0], arguments[1]);
        case "getFirstAttribute" -> noted.get((String) arguments[0]);
        default -> "mira";
    });
    private final UserFederatedStorageProvider store =
            fake(UserFederatedStorageProvider.class, (method, arguments) -> switch (method) {
                case "setSingleAttribute" -> kept.put((String) arguments[2], arguments[3]);
                case "removeAttribute" -> kept.remove((String) arguments[2]);
                default -> {
                    MultivaluedHashMap<String, String> all = new MultivaluedHashMap<>();
                    kept.forEach((name, value) -> all.add(name, (String) value));
                    yield all;
                }
            });

    /** Of one request; what was said in another is forgotten. */
    private KeycloakSession session() {
        Map<String, Object> attributes = new HashMap<>();
        return fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> fake(KeycloakContext.class, (asked, of) -> realm);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> store;
        });
    }

    private void delete(KeycloakSession session) {
        new ImportedDeletions()
                .onEvent(fake(UserModel.UserPreRemovedEvent.class, (method, arguments) -> switch (method) {
                    case "getRealm" -> realm;
                    case "getUser" -> user;
                    default -> session;
                }));
        noted.clear();
    }

    private void takeBack() {
        KeycloakSession session = session();
        ImportedDeletions.forget(session);
        delete(session);
    }

    @BeforeEach
    void bring() {
        ImportMark.begun("django", "may").write(user);
    }

    @Test
    void whoWasDeletedAndMadeAgainIsDeletedOnceThatIsTakenBack() {
        delete(session());
        Object deleted = kept.get(ImportMark.DELETED);
        ImportMark.begun("django", "may").write(user);
        ImportedDeletions.undo(session(), user);
        assertThat(kept).as("they are there again").isEmpty();

        takeBack();

        assertThat(kept).isEqualTo(Map.of(ImportMark.DELETED, deleted));
    }

    @Test
    void whoWasNeverDeletedWasNeverThereOnceTheImportIsTakenBack() {
        takeBack();

        assertThat(kept).isEmpty();
    }

    @Test
    void ofWhomNoImportHasMadeNothingIsKept() {
        noted.clear();

        delete(session());

        assertThat(kept).isEmpty();
    }
}
