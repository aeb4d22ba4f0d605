package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * The guards of many links that one transaction writes. Who holds some never waits for others, or two such requests would wait for each other; an account that
 * somebody else is linking at this moment is left for later.
 */
public final class LinkGuards implements AutoCloseable {
    /** As long as for one link; the others are given back meanwhile. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long PAUSE_MILLIS = 20;

    private final Function<ExternalAccount, LinkGuard> guards;
    private final long patienceNanos;
    private final Map<ExternalAccount, LinkGuard> held = new LinkedHashMap<>();

    /** @param request whose connection nobody waits with: work in between has another transaction */
    public LinkGuards(KeycloakSession request) {
        this(
                account -> new LinkGuard(request, request.getContext().getRealm(), account.alias(), account.id()),
                PATIENCE_NANOS);
    }

    LinkGuards(Function<ExternalAccount, LinkGuard> guards, long patienceNanos) {
        this.guards = guards;
        this.patienceNanos = patienceNanos;
    }

    /** @return false if somebody else is linking one of them: then none of them is held that was not before */
    public boolean hold(Collection<ExternalAccount> accounts) {
        List<ExternalAccount> lacking = accounts.stream()
                .distinct()
                .filter(account -> !held.containsKey(account))
                .toList();
        for (ExternalAccount account : lacking) {
            LinkGuard guard = guards.apply(account);
            if (!guard.tryAcquire()) {
                release(lacking);
                return false;
            }
            held.put(account, guard);
        }
        return true;
    }

    /** The same for whoever holds none yet, and has time. */
    public boolean await(Collection<ExternalAccount> accounts) {
        long begun = System.nanoTime();
        boolean done = hold(accounts);
        while (!done && System.nanoTime() - begun < patienceNanos) {
            LinkGuard.sleep(PAUSE_MILLIS);
            done = hold(accounts);
        }
        return done;
    }

    /** Rolls back what was linked by the time that one of them no longer keeps everybody else out. */
    public void holdUntilCommit(KeycloakSession session) {
        held.values().forEach(guard -> guard.holdUntilCommit(session));
    }

    private void release(Collection<ExternalAccount> accounts) {
        accounts.stream().map(held::remove).flatMap(Stream::ofNullable).forEach(LinkGuard::release);
    }

    @Override
    public void close() {
        release(List.copyOf(held.keySet()));
    }
}
