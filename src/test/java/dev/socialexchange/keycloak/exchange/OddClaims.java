package dev.socialexchange.keycloak.exchange;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What a provider may say of a person although nobody would expect it. */
public final class OddClaims {
    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            5,
            -1e300,
            Long.MAX_VALUE,
            "",
            " ",
            "\u0000",
            "\ud83d\udd11",
            "x".repeat(3000),
            List.of(),
            Collections.singletonList(null),
            List.of("x", 5, Map.of()),
            Map.of(),
            Map.of("x", List.of(Map.of())));

    private OddClaims() {}

    /** The claim, the number of its value, since a report is no place for what is in it, and a list of that value alone. */
    public static Stream<Arguments> all() {
        return Stream.of("sub", "email", "email_verified", "name", "given_name", "preferred_username", "locale", "acr")
                .flatMap(claim -> IntStream.range(0, VALUES.size())
                        .mapToObj(index -> arguments(claim, index, Collections.singletonList(VALUES.get(index)))));
    }
}
