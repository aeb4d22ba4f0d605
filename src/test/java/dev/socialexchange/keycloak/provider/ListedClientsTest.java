package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;

/** Clients that a provider lists and that its realm does not have, by the way the provider comes. */
class ListedClientsTest {
    private final List<Object> enlisted = new ArrayList<>();
    private final IdentityProviderModel provider = new IdentityProviderModel();

    ListedClientsTest() {
        provider.setAlias("google");
        provider.getConfig().put("exchangeClients", "nobody");
    }

    @Test
    void whoSavesOneProviderIsRefused() {
        assertThatThrownBy(() -> verify(() -> "/admin/realms/demo/identity-provider/instances"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this realm has no client nobody");
    }

    /** Keycloak 26.6 has no request at its start, or one without an address (with {@code kc.sh import} always); 26.7 has none. */
    @Test
    void importAtTheServersStartIsNotRefused() {
        assertThatCode(() -> verify(() -> {
                    throw new ContextNotActiveException();
                }))
                .doesNotThrowAnyException();
        assertThatCode(() -> verify(() -> null)).doesNotThrowAnyException();
        assertThatCode(() -> verify(() -> "/admin/realms")).doesNotThrowAnyException();

        assertThat(enlisted).as("what is missing at the end is told").hasSize(3);
    }

    /** @param path of the request; {@code null} where it has no address */
    private void verify(Supplier<String> path) {
        RealmModel realm = answering(RealmModel.class, Map.of("getClientByClientId", () -> null));
        HttpRequest request = answering(HttpRequest.class, Map.of("getUri", () -> {
            String of = path.get();
            return of == null ? null : answering(UriInfo.class, Map.of("getPath", () -> of));
        }));
        ListedClients.verify(
                provider,
                realm,
                answering(
                        KeycloakSession.class,
                        Map.of(
                                "getContext",
                                () -> answering(KeycloakContext.class, Map.of("getHttpRequest", () -> request)),
                                "identityProviders",
                                () -> answering(
                                        IdentityProviderStorageProvider.class, Map.of("getByAlias", () -> null)),
                                "getTransactionManager",
                                () -> answering(
                                        KeycloakTransactionManager.class, Map.of("enlistPrepare", this::enlist)))));
    }

    private Object enlist() {
        enlisted.add("at the end");
        return null;
    }

    private static <T> T answering(Class<T> type, Map<String, Supplier<?>> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!answers.containsKey(method.getName())) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answers.get(method.getName()).get();
                }));
    }
}
