package dev.socialexchange.keycloak.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.simulator.Person;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Findings findings =
            new Findings(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    private final Ledger ledger = new Ledger(findings);

    @Test
    void whatIsGoodOnceAndWasGoodTwiceIsFound() {
        ledger.used("id_token", "a");
        ledger.used("id_token", "b");
        ledger.used("nonce", "a");
        assertThat(findings.all()).isEmpty();

        ledger.used("id_token", "a");

        assertThat(findings.all()).containsExactly("id_token used twice");
        assertThat(ledger.usedOnce("id_token")).isEqualTo(2);
    }

    @Test
    void accountThatTurnsOutToBeAnothersIsFound() {
        Account account = ledger.open("acme", Person.unknown("Zoë"));
        ledger.linked(account, "one");
        ledger.linked(account, "one");
        assertThat(findings.all()).isEmpty();

        ledger.linked(account, "another");

        assertThat(findings.all()).singleElement().asString().startsWith("another user than before");
    }
}
