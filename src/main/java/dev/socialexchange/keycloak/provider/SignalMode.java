package dev.socialexchange.keycloak.provider;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of what a provider says about people. */
public enum SignalMode {
    /** There is no address at which it could say anything. */
    OFF,
    /** It is verified and recorded, and nothing is done. */
    AUDIT,
    ENFORCE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SignalMode> byId(String id) {
        return Arrays.stream(values()).filter(mode -> mode.id().equals(id)).findFirst();
    }
}
