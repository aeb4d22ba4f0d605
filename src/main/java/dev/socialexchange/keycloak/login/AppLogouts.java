package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.BackgroundRequest;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.NobodysConnection;
import dev.socialexchange.keycloak.Printable;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells apps that a session of theirs has ended, and a provider that one has that was begun through it: when that is committed, and on another thread, one for each, so that one that does not answer keeps nobody
 * waiting, no transaction open, and no session alive. A server that stops in between tells nobody, as Keycloak's own logout.
 */
final class AppLogouts {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private AppLogouts() {}

    /** Nobody is told if this session's transaction is rolled back. */
    static void after(KeycloakSession session, List<EndedSession> ended) {
        String realmId = session.getContext().getRealm().getId();
        URI base = session.getContext().getHttpRequest().getUri().getBaseUri(); // known in a request only
        if (ended.stream().anyMatch(one -> !one.apps().isEmpty())) {
            warn(session);
        }
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("social-exchange-logout");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                ended.forEach(one -> one.told()
                        .forEach(tell -> execute(
                                executor,
                                () -> KeycloakModelUtils.runJobInTransaction(
                                        factory, telling -> user(telling, realmId, base, one)
                                                .ifPresent(user -> tell.accept(telling, user))))));
            }

            @Override
            protected void rollbackImpl() {
                // nothing has ended
            }
        });
    }

    /** An app that verifies what it is told, as it has to, does not believe it then. */
    private static void warn(KeycloakSession session) {
        if (BackgroundRequest.isNowhere(session) && LoginMemory.of(session).isToldForTheFirstTimeThatItHasNoName()) {
            LOG.warnf(
                    "apps do not learn of logouts that nobody has asked for: realm=%s reason=hostname_unknown (set the server's hostname as a URL)",
                    Printable.of(session.getContext().getRealm().getName()));
        }
    }

    private static void execute(ExecutorService executor, Runnable work) {
        try {
            executor.execute(() -> ForeignCode.aside("telling of a logout", work));
        } catch (RejectedExecutionException shuttingDown) {
            LOG.warn("an app is not told of a logout: reason=shutdown");
        }
    }

    /** Whose session it was, in a session that tells of it; empty if the user, or the realm, is gone. */
    private static Optional<UserModel> user(KeycloakSession session, String realmId, URI base, EndedSession ended) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        session.getContext().setHttpRequest(request(base));
        session.getContext().setConnection(new NobodysConnection());
        session.getContext().setRealm(realm);
        return Optional.ofNullable(session.users().getUserById(realm, ended.userId()));
    }

    /** All that is left of the request: where it has found the server, for the names that the server gives itself. */
    private static HttpRequest request(URI base) {
        UriInfo place = answering(UriInfo.class, method -> switch (method) {
            case "getBaseUri", "getRequestUri", "getAbsolutePath" -> base;
            case "getBaseUriBuilder" -> UriBuilder.fromUri(base);
            default -> throw new UnsupportedOperationException(method);
        });
        return answering(HttpRequest.class, method -> {
            if (method.equals("getUri")) {
                return place;
            }
            throw new UnsupportedOperationException(method);
        });
    }

    private static <T> T answering(Class<T> type, Function<String, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                AppLogouts.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName())));
    }
}
