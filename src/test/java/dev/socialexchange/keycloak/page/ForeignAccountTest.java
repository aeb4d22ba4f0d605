package dev.socialexchange.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignAccountTest {

    @ParameterizedTest
    @CsvSource({
        "mallory_92, 4711, mallory_92",
        "'  mallory 92 ', 4711, mallory 92",
        "victim@example.org, 4711, 4711",
        "victim＠example.org, 4711, 4711",
        "victim﹫example.org, 4711, 4711",
        "'', 4711, 4711",
        "' ', 4711, 4711",
        ", 4711, 4711",
    })
    void isNamedByTheUsernameUnlessThatIsAnAddressThatNobodyVouchesFor(String username, String subject, String name) {
        assertThat(ForeignAccount.claimed(username, subject)).isEqualTo(new ForeignAccount(name, false));
    }

    @Test
    void showsNoAddressThatIsTheAccountsNumber() {
        ForeignAccount account = ForeignAccount.claimed("victim@example.org", "victim@example.org");

        assertThat(account.name()).matches("[0-9a-f]{16}");
        assertThat(ForeignAccount.claimed("victim@example.org", "another@example.org")
                        .name())
                .isNotEqualTo(account.name());
    }

    @ParameterizedTest
    @CsvSource({
        "gro.elpmaxe\u202E, gro.elpmaxe", // read backwards
        "mal\u200Blory, mallory",
        "mal\u2028lory, mallory",
        "mal\u0007lory, mallory",
        "mal\uD800lory, mallory",
    })
    void showsNothingThatTurnsOrHidesText(String username, String name) {
        assertThat(ForeignAccount.claimed(username, "4711").name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "zoe@example.org, zoe@example.org",
        "Zoe@Example.org, zoe@example.org",
        "zoe@ex\u0430mple.org, zoe@xn--exmple-4nf.org", // a Cyrillic a
        "zoe@bücher.example, zoe@xn--bcher-kva.example",
    })
    void isNamedByTheAddressThatIsVouchedForInTheLettersOfTheDns(String address, String name) {
        assertThat(ForeignAccount.vouched(address)).hasValue(new ForeignAccount(name, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"z\u043Ee@example.org", "zoe@\u212Aelvin.example", "\"zoe\"@example.org"})
    void isNotNamedByAnAddressWithLettersThatLookLikeOthers(String address) {
        assertThat(ForeignAccount.vouched(address)).isEmpty();
    }

    @Test
    void doesNotFillThePageWithAName() {
        assertThat(ForeignAccount.claimed("𝒳".repeat(200), "4711").name()).isEqualTo("𝒳".repeat(64) + "…");
    }

    @Test
    void isNoPlaceholderOfAMessage() {
        assertThat(ForeignAccount.claimed("${realmName}", "4711").name()).isEqualTo("$ {realmName}");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void keepsItsWordInANote(boolean vouched) {
        ForeignAccount account = new ForeignAccount("-+zoe@example.org", vouched);

        assertThat(ForeignAccount.ofNote(account.toNote())).isEqualTo(account);
    }
}
