package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import java.util.Map;
import java.util.Set;

/** What an administrator has said about signals of one identity provider; nothing is taken unless they did. */
public final class SignalSettings {
    public static final String MODE = "exchangeSignals";
    public static final String POLICY = "exchangeSignalsPolicy";
    public static final String SESSIONS = "exchangeSignalsSessions";
    public static final String SECRET = "exchangeSignalsSecret";
    public static final String KEY = "exchangeSignalsKey";
    public static final String AUDIENCE = "exchangeSignalsAudience";

    public static final String MAIL_ELSEWHERE = "exchangeSignalsMailElsewhere";

    static final String OF_LINK = "link";
    static final String ALL = "all";

    private final SettingValues values;

    SignalSettings(SettingValues values) {
        this.values = values;
    }

    public SignalMode mode() {
        String configured = values.text(MODE);
        return configured == null ? SignalMode.OFF : SignalMode.byId(configured).orElse(SignalMode.OFF);
    }

    /** @throws IllegalArgumentException if the setting cannot be read */
    public SignalAction action(NeutralEvent event) {
        return overrides().getOrDefault(event, SignalAction.usual(event));
    }

    /** By event, where it is not the usual. */
    Map<NeutralEvent, SignalAction> overrides() {
        return values.choices(POLICY, NeutralEvent::byId, SignalAction::byId);
    }

    /** Whether sessions end that came another way, too. */
    public boolean allSessions() {
        return ALL.equals(values.text(SESSIONS));
    }

    /** References to secrets in the vault: several while one is being replaced. */
    public Set<String> secrets() {
        return values.list(SECRET);
    }

    /** Public keys in hex. */
    public Set<String> keys() {
        return values.list(KEY);
    }

    /** Further audiences that signals are for, beside the app's client ids. */
    public Set<String> audience() {
        return values.list(AUDIENCE);
    }

    /** Whether an administrator says that nobody's mail is delivered by this provider, of which its type says nothing. */
    boolean mailElsewhere() {
        return Boolean.parseBoolean(values.text(MAIL_ELSEWHERE));
    }
}
