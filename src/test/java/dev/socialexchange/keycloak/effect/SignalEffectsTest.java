package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.signal.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a signal does to the user whom it is about, by what is known of how else they get in. */
class SignalEffectsTest {
    private static final long TIME = 1_900_000_000;

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final OneUser realm = new OneUser();

    private Set<Outcome> tell(String alias, NeutralEvent event, long time) {
        ExternalAccount account = new ExternalAccount(alias, "1");
        Signal signal = new Signal(Set.of(event), "told", List.of("1"), Instant.ofEpochSecond(time), "id");
        return new SignalEffects(realm.session(), account, realm.signals(), Set.of(), signal)
                .about(realm.stored())
                .outcomes();
    }

    private void linked(String alias) {
        realm.link(new ExternalAccount(alias, "1"));
    }

    @Test
    void userWhomAnAdministratorHasEnabledAgainStaysSoWhenTheSameIsToldOnceMore() {
        linked("google");
        realm.set("exchangeSignalsPolicy", "[{\"key\":\"account-disabled\",\"value\":\"disable-user\"}]");
        assertThat(tell("google", NeutralEvent.ACCOUNT_DISABLED, TIME)).contains(Outcome.USER_DISABLED);
        assertThat(realm.stored().isEnabled()).isFalse();
        realm.stored().setEnabled(true);

        assertThat(tell("google", NeutralEvent.ACCOUNT_DISABLED, TIME)).containsExactly(Outcome.OUTDATED);
        assertThat(tell("google", NeutralEvent.ACCOUNT_DISABLED, TIME - 5)).containsExactly(Outcome.OUTDATED);

        assertThat(realm.stored().isEnabled()).isTrue();
        assertThat(tell("google", NeutralEvent.ACCOUNT_DISABLED, TIME + 1)).contains(Outcome.USER_DISABLED);
        assertThat(realm.stored().isEnabled()).isFalse();
    }

    /** What the provider delivers goes with the account, or is read by whoever has it; an address that nobody has verified may be anybody's. */
    @ParameterizedTest
    @CsvSource({
        "google, ada@gmail.com, true, false",
        "google, ada@example.org, false, false",
        "google, ada@example.org, true, true",
        "facebook, ada@example.org, true, true",
        "kakao, ada@example.org, true, false",
    })
    void mailboxIsAWayBackInIfItIsVerifiedAndElsewhere(String alias, String address, boolean verified, boolean wayIn) {
        linked(alias);
        realm.hasAddress(address, verified);

        Set<Outcome> compromised = tell(alias, NeutralEvent.CREDENTIALS_COMPROMISED, TIME);
        Set<Outcome> deleted = tell(alias, NeutralEvent.ACCOUNT_DELETED, TIME + 1);

        assertThat(compromised.contains(Outcome.NO_OTHER_WAY_IN)).isEqualTo(!wayIn);
        assertThat(log.lines()).as("for an administrator to act on").hasSize(wayIn ? 0 : 2);
        assertThat(deleted).contains(wayIn ? Outcome.LINK_REMOVED : Outcome.LINK_KEPT_AS_LAST_WAY_IN);
    }
}
