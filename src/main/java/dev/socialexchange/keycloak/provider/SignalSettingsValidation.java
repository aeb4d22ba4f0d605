package dev.socialexchange.keycloak.provider;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.common.util.UriUtils;

/** Refuses settings of signals that could not work. */
final class SignalSettingsValidation {
    /** Time for an administrator who is away for a week. */
    private static final int MIN_GRACE_DAYS = 7;

    private static final int MAX_GRACE_DAYS = 365;

    private final EnteredSettings entered;
    private final SignalSettings signals;

    SignalSettingsValidation(EnteredSettings entered) {
        this.entered = entered;
        this.signals = new ExchangeSettings(entered.config()).signals();
    }

    void validate(SslRequired sslRequired) {
        reactions();
        secrets();
        poll(sslRequired);
    }

    private void reactions() {
        entered.oneOf(
                SignalSettings.MODE,
                Arrays.stream(SignalMode.values()).map(SignalMode::id).collect(Collectors.toSet()));
        entered.onOrOff(SignalSettings.MAIL_ELSEWHERE);
        entered.oneOf(SignalSettings.SESSIONS, Set.of(SignalSettings.OF_LINK, SignalSettings.ALL));
        signals.overrides();
        entered.range(SignalSettings.GRACE, MIN_GRACE_DAYS, MAX_GRACE_DAYS);
    }

    private void secrets() {
        // the admin API answers all but the client secret in plain text
        EnteredSettings.each(
                SignalSettings.SECRET,
                signals.secrets(),
                "\\$\\{vault\\.[^}]+}",
                "must be vault references, ${vault.name}");
        EnteredSettings.each(
                SignalSettings.KEY, signals.keys(), "[0-9a-fA-F]{64}", "must be public keys of 64 hex digits");
    }

    /** The one address that is fetched from; an access token goes there. */
    private void poll(SslRequired sslRequired) {
        signals.poll().ifPresent(url -> {
            SettingsValidation.prefix(url, SignalSettings.POLL);
            UriUtils.checkUrl(sslRequired, url, SettingName.of(SignalSettings.POLL));
        });
        EnteredSettings.each(
                SignalSettings.POLL_TOKEN,
                signals.pollToken().map(Set::of).orElse(Set.of()),
                "\\$\\{vault\\.[^}]+}",
                "must be a vault reference, ${vault.name}");
    }
}
