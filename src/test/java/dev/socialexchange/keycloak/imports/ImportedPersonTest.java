package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of an import is read as it is meant, or not at all. */
class ImportedPersonTest {

    @Test
    void readsAllThatALineSays() throws UnreadableLine {
        ImportedPerson person = ImportedPerson.read(
                """
                {"sourceId":"4711","username":"mira","email":"mira@example.org","emailVerified":true,"firstName":"Mira","lastName":"Kern","locale":"de","phone":"+49",
                 "disabled":true,"privileged":true,"createdAt":"2021-05-04T10:00:00Z","lastLoginAt":"2026-10-01T08:12:00Z",
                 "identities":[{"alias":"google","userId":"104200000000000000017","userName":"mira@example.org"},{"alias":"github","userId":"1"}],
                 "lost":[{"provider":"steam","alias":"-","reason":"id_shape"}],"password":{"format":"django","value":"x"},"attributes":{"plan":"gold","teams":["a","b"]}}""");

        assertThat(person.sourceId()).isEqualTo("4711");
        assertThat(person.username()).contains("mira");
        assertThat(person.email()).contains("mira@example.org");
        assertThat(person.emailVerified()).isTrue();
        assertThat(person.firstName()).contains("Mira");
        assertThat(person.lastName()).contains("Kern");
        assertThat(person.locale()).contains("de");
        assertThat(person.disabled()).isTrue();
        assertThat(person.privileged()).isTrue();
        assertThat(person.createdAt()).contains(Instant.parse("2021-05-04T10:00:00Z"));
        assertThat(person.accounts())
                .containsExactly(
                        new ImportedAccount("google", "104200000000000000017", "mira@example.org"),
                        new ImportedAccount("github", "1", null));
        assertThat(person.lost()).isEqualTo(1);
        assertThat(person.password()).contains("x");
        assertThat(person.left()).isEmpty();
        assertThat(person.attributes()).isEqualTo(Map.of("plan", List.of("gold"), "teams", List.of("a", "b")));
        assertThat(person).hasToString("4711");
        assertThat(person.accounts()).hasToString("[google, github]");
    }

    @Test
    void whatIsNotSaidIsNotSo() throws UnreadableLine {
        ImportedPerson person = ImportedPerson.read("{\"sourceId\":\"1\",\"email\":\" \"}");

        assertThat(person.email()).isEmpty();
        assertThat(person.emailVerified()).isFalse();
        assertThat(person.disabled()).isFalse();
        assertThat(person.accounts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense|line_unreadable",
                "[]|line_unreadable",
                "{'sourceId':'1','sourceId':'2'}|line_unreadable",
                "{}|source_id_missing",
                "{'sourceId':4711}|source_id_missing",
                "{'sourceId':' '}|source_id_missing",
                "{'sourceId':'1','emial':'a@example.org'}|member_unknown",
                "{'sourceId':'1','realmRoles':['admin']}|member_unknown",
                "{'sourceId':'1','identities':[{'alias':'google'}]}|identity_unreadable",
                "{'sourceId':'1','identities':[{'userId':'1'}]}|identity_unreadable",
                "{'sourceId':'1','identities':{'alias':'google','userId':'1'}}|identity_unreadable",
                "{'sourceId':'1','disabled':'t'}|flag_unreadable",
                "{'sourceId':'1','disabled':{}}|flag_unreadable",
                "{'sourceId':'1','emailVerified':1}|flag_unreadable",
                "{'sourceId':'1','anonymous':'yes'}|flag_unreadable",
                "{'sourceId':'1','createdAt':'+1000000000-12-31T23:59:59Z'}|date_unreadable",
                "{'sourceId':'1','attributes':['plan']}|attribute_unreadable",
                "{'sourceId':'1','attributes':{'plan':7}}|attribute_unreadable",
                "{'sourceId':'1','attributes':{'plan':['gold',{}]}}|attribute_unreadable",
                "{'sourceId':'1','createdAt':'yesterday'}|date_unreadable"
            })
    void refusesALineThatIsNone(String line, String code) {
        assertThatThrownBy(() -> ImportedPerson.read(line.replace('\'', '"')))
                .isInstanceOfSatisfying(UnreadableLine.class, unreadable -> assertThat(unreadable.code())
                        .isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"anonymous", "unconfirmed"})
    void whoIsNobodyYetIsLeftWhereTheyAre(String flag) throws UnreadableLine {
        assertThat(ImportedPerson.read("{\"sourceId\":\"1\",\"" + flag + "\":true}")
                        .left())
                .contains(flag);
    }
}
