package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Tells all nodes that something is being said about somebody, for a while: it costs those who ask no look at the database.
 *
 * @param now seconds since the epoch, by this node's clock
 */
record Announcements(Once once, LongSupplier now) {
    /** An announcement is seen for so long at least. Time is cut into pieces of this length, and what is announced in one of them is seen in its neighbours as well. */
    static final int SECONDS = 120;

    /** A login that takes longer does not rely on having been told. What is left is for nodes whose clocks differ, and caches that lag behind. */
    private static final Duration LONGEST = Duration.ofSeconds(SECONDS / 2);

    static Announcements of(KeycloakSession session) {
        return new Announcements(NodesOnce.of(session), ProvenAt::now);
    }

    static String about(RealmModel realm, String userId) {
        return "social-exchange:said:" + Digests.sha256Hex(realm.getId() + '\n' + userId);
    }

    /** @throws ExchangeException if what the nodes share does not answer: then nothing may be said yet */
    void make(String about) {
        long piece = piece();
        for (long seen = piece - 1; seen <= piece + 1; seen++) {
            once.claim(key(about, seen), 3L * SECONDS, 3L * SECONDS); // or it was announced before, for as long
        }
    }

    /**
     * Whether nothing was announced that somebody may have missed.
     *
     * @param since how long ago they have looked at what was said until then
     */
    boolean none(String about, Duration since) {
        try {
            return since.compareTo(LONGEST) < 0 && !once.contains(key(about, piece()));
        } catch (ExchangeException nobodyKnows) {
            return false;
        }
    }

    private long piece() {
        return now.getAsLong() / SECONDS;
    }

    private static String key(String about, long piece) {
        return about + ':' + piece;
    }
}
