package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "\\d{1,20} ~ 4711 ~ true",
                "\\d{1,20} ~ project_path:a/b:ref_type:branch:ref:main ~ false",
                "\\d{1,20} ~ 4711:ref ~ false",
                "\\d{1,20} ~ '' ~ false",
                "\\d{2} ~ 471 ~ false",
                "\\d{2,} ~ 471 ~ true",
                "auth0\\|[\\w-]+|google-oauth2\\|\\d+ ~ google-oauth2|12 ~ true",
                "auth0\\|[\\w-]+|google-oauth2\\|\\d+ ~ google-oauth2|x ~ false",
                "[^:]+ ~ system:serviceaccount:a:b ~ false",
                "a.c ~ abc ~ true",
                "a\\.c ~ abc ~ false",
                "ab?c ~ ac ~ true",
                "ab*c ~ abbbc ~ true"
            })
    void comparesTheWholeId(String pattern, String id, boolean expected) {
        assertThat(SubjectPattern.of(pattern).matches(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "^a", "a$", "(a)", "(?i)a", "a)", "[", "[]", "[z-a]", "[a&&b]", "[[a]]", "a{", "a{5,2}", "*a",
                "a**", "a|", "|a", "\\", "\\p{L}", "\\1", "a{1000}"
            })
    void refusesWhatItCannotRead(String pattern) {
        assertThatThrownBy(() -> SubjectPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesPatternWithoutEnd() {
        assertThatThrownBy(() -> SubjectPattern.of("a".repeat(256))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idWithoutEndIsNobodys() {
        assertThat(SubjectPattern.of("a*").matches("a".repeat(255))).isTrue();
        assertThat(SubjectPattern.of("a*").matches("a".repeat(256))).isFalse();
    }

    /** What costs a pattern of Java's own longer than the universe lasts. */
    @Test
    void decidesInATimeThatGrowsWithTheIdAlone() {
        SubjectPattern pattern = SubjectPattern.of("a*".repeat(60) + "b|" + "[a-z]*".repeat(20) + "!");

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThat(pattern.matches("a".repeat(255)))
                .isFalse());
    }

    @Test
    void meansWhatTheSamePatternMeansToJava() {
        Random random = new Random(11);
        String[] items = {"a", "b?", "[ab]", ".", "a*", "b+", "[^a]{0,2}", "\\d", "c{2}", "|c"};
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder("a?");
            random.ints(random.nextInt(5), 0, items.length).forEach(item -> text.append(items[item]));
            String id = random.ints(random.nextInt(6), 0, 4)
                    .collect(StringBuilder::new, (to, c) -> to.append("abc1".charAt(c)), StringBuilder::append)
                    .toString();

            assertThat(SubjectPattern.of(text.toString()).matches(id))
                    .as(text + " of " + id)
                    .isEqualTo(Pattern.matches(text.toString(), id));
        }
    }
}
