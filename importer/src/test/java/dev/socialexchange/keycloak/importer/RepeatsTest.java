package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes again is told from what does not, whoever has chosen the texts. */
class RepeatsTest {
    private final Repeats repeats = new Repeats();

    @Test
    void ofManyThoseThatCameAgain() {
        IntStream.range(0, 50_000).forEach(number -> repeats.see("text " + number));
        IntStream.range(0, 50_000).filter(number -> number % 7 == 0).forEach(number -> repeats.see("text " + number));

        assertThat(IntStream.range(0, 60_000).filter(number -> repeats.hasRepeated("text " + number)))
                .hasSize(7_143)
                .allMatch(number -> number % 7 == 0);
        assertThat(repeats.number()).isEqualTo(7_143);
    }

    /** Each of these pairs has one {@code hashCode}, and one sum of powers of 31 whatever it begins with: people would be left for each other's sake. */
    @Test
    void textsThatAreMadeToBeTakenForEachOtherAreNot() {
        repeats.see("google\nAa");
        repeats.see("google\nBB");
        repeats.see("AaAa");
        repeats.see("BBBB");

        assertThat(repeats.number()).isZero();
        assertThat(repeats.hasRepeated("google\nAa")).isFalse();
    }
}
