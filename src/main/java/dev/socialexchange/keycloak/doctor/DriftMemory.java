package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.Digests;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** When a provider was last compared, and with what outcome: all nodes know it, and it is forgotten when nothing renews it. */
record DriftMemory(KeycloakSession session) {
    /** Longer than from one day's watch to the next, with a day to spare. */
    private static final Duration KEPT = Duration.ofDays(3);

    private static final String PREFIX = "social-exchange:drift:";
    private static final String ALL = PREFIX + "all";
    private static final String AT = "at";
    private static final String DIFFERENCES = "differences";

    void put(RealmModel realm, String alias, Listed.Watched watched) {
        put(key(realm, alias), watched);
    }

    /** That all are being looked at. */
    void putAll(Listed.Watched watched) {
        put(ALL, watched);
    }

    private void put(String key, Listed.Watched watched) {
        session.singleUseObjects().remove(key);
        session.singleUseObjects()
                .put(
                        key,
                        KEPT.toSeconds(),
                        Map.of(
                                AT, String.valueOf(watched.at()),
                                DIFFERENCES, String.valueOf(watched.differences())));
    }

    Optional<Listed.Watched> of(RealmModel realm, String alias) {
        return get(key(realm, alias));
    }

    Optional<Listed.Watched> ofAll() {
        return get(ALL);
    }

    private Optional<Listed.Watched> get(String key) {
        return Optional.ofNullable(session.singleUseObjects().get(key))
                .map(notes ->
                        new Listed.Watched(Long.parseLong(notes.get(AT)), Integer.parseInt(notes.get(DIFFERENCES))));
    }

    private static String key(RealmModel realm, String alias) {
        return PREFIX + Digests.sha256Base64Url(realm.getId() + '\n' + alias);
    }
}
