package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.NodesOnce;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** Keeps continuations for all nodes of the cluster, under a hash: who reads the store learns no link. */
public final class ContinuationStore {
    /** Of a continuation. */
    static final int MAX_LIFESPAN_SECONDS = 900;

    private static final int SECRET_BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SingleUseObjectProvider store;
    private final KeycloakSession session;

    public ContinuationStore(KeycloakSession session) {
        this.session = session;
        this.store = session.singleUseObjects();
    }

    /**
     * Takes effect when the session's transaction commits.
     *
     * @return the link's secret
     */
    String keep(Continuation continuation, int lifespanSeconds) {
        String secret = Base64Url.encode(SecretGenerator.getInstance().randomBytes(SECRET_BYTES));
        store.put(key(secret), lifespanSeconds, continuation.toNotes());
        return secret;
    }

    /** Looks without using it up; empty if it is unknown, used, expired, or another realm's. */
    public Optional<Continuation> find(String secret) {
        return wellFormed(secret) ? read(store.get(key(secret))) : Optional.empty();
    }

    /**
     * The same, once: of several callers at the same time, on whatever nodes, one gets it, also when one of the nodes dies.
     * Taking it out would not tell: where that is repeated, what somebody else has taken out counts as the first attempt's.
     */
    public Optional<Continuation> take(String secret) {
        if (find(secret).isEmpty()
                || NodesOnce.of(session)
                        .claim(key(secret) + ":taken", MAX_LIFESPAN_SECONDS, MAX_LIFESPAN_SECONDS)
                        .isEmpty()) {
            return Optional.empty();
        }
        return read(store.remove(key(secret)));
    }

    private Optional<Continuation> read(Map<String, String> notes) {
        return Optional.ofNullable(notes)
                .filter(Continuation::isWhole)
                .map(Continuation::of)
                .filter(found -> found.belongsTo(session.getContext().getRealm()));
    }

    private static boolean wellFormed(String secret) {
        return secret != null && SECRET.matcher(secret).matches();
    }

    private static String key(String secret) {
        return "social-exchange:interaction:" + Digests.sha256Base64Url(secret);
    }
}
