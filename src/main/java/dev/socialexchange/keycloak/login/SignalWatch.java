package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.Rehearsal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What a provider says while a login goes on: the signal ends the sessions that it sees, and the login has looked at what was said before.
 *
 * <p>Whoever says something <em>announces</em> it to all nodes, <em>commits</em> it, and then <em>ends</em> sessions once more, in this order. A login makes its
 * session <em>visible</em>, and only then <em>looks</em>: whether something was announced, and if so at the database. If it looks for the last time after the commit, it
 * has seen the announcement, which was before, and sees in the database what was said. If it looks before the commit, its session was visible before, and ends. There is no third
 * case, on whatever nodes, and it costs a login that nobody speaks of no look at the database.
 */
public final class SignalWatch {

    private static final String ITSELF = SignalWatch.class.getName();

    private SignalWatch() {}

    /** For the rest of this session: its login looks itself, before anybody hears of it. */
    static void looksItself(KeycloakSession session) {
        session.setAttribute(ITSELF, Boolean.TRUE);
    }

    /** Before what is said is committed. */
    public static void announce(KeycloakSession session, String userId) {
        Announcements.of(session).make(Announcements.about(session.getContext().getRealm(), userId));
    }

    /**
     * Before anybody hears of a login that is committed.
     *
     * @param since how long ago it has begun
     * @throws ExchangeException if it counts no more; its session has ended then
     */
    static void require(KeycloakSession request, MadeLogin made, Duration since) {
        if (Rehearsal.is(request)
                || Announcements.of(request)
                        .none(Announcements.about(request.getContext().getRealm(), made.userId()), since)) {
            return;
        }
        new OwnTransaction(request).run(made::undo).ifPresent(refused -> {
            throw refused;
        });
    }

    /**
     * Of a login, or an exchange of Keycloak's own (26.7), whose answer is made before its commit: its session ends after it.
     *
     * @param session in which what was said until now has been looked at
     */
    public static void afterCommit(KeycloakSession session, UserSessionModel userSession, String alias, long provenAt) {
        if (session.getAttribute(ITSELF) != null) {
            return;
        }
        MadeLogin made =
                new MadeLogin(userSession.getUser().getId(), alias, Optional.empty(), provenAt, userSession.getId());
        String about = Announcements.about(session.getContext().getRealm(), made.userId());
        Announcements announcements = Announcements.of(session);
        long start = System.nanoTime();
        afterCommit(session, () -> !announcements.none(about, Duration.ofNanos(System.nanoTime() - start)), made::undo);
    }

    /**
     * For whoever ends sessions of somebody's for another reason than a signal: announces it, and ends once more what has become visible until the commit.
     *
     * @param session whose transaction it is
     * @param ending in a session of its own, with the user as that has them; not called if the user is gone
     */
    public static void endOnceMore(
            KeycloakSession session, String userId, BiConsumer<KeycloakSession, UserModel> ending) {
        // where it is refused in the end, nothing was said
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                announce(session, userId);
            }

            @Override
            protected void rollbackImpl() {
                // nothing has happened
            }
        });
        afterCommit(session, () -> true, own -> Optional.ofNullable(
                        own.users().getUserById(own.getContext().getRealm(), userId))
                .ifPresent(user -> ending.accept(own, user)));
    }

    private static void afterCommit(KeycloakSession session, BooleanSupplier due, Consumer<KeycloakSession> work) {
        String realmId = session.getContext().getRealm().getId();
        HttpRequest request = session.getContext().getHttpRequest();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        // Keycloak's own, which makes sessions visible, is enlisted with the first session and comes before
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                if (due.getAsBoolean()) {
                    ForeignCode.aside(
                            "ending sessions that were under way",
                            () -> KeycloakModelUtils.runJobInTransaction(factory, own -> {
                                own.getContext().setRealm(own.realms().getRealm(realmId));
                                own.getContext().setHttpRequest(request);
                                work.accept(own);
                            }));
                }
            }

            @Override
            protected void rollbackImpl() {
                // nothing has happened
            }
        });
    }
}
