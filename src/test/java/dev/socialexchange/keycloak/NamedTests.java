package dev.socialexchange.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests that a page of the documentation names for what it says. */
final class NamedTests {
    /** {@code Class} or {@code Class.method}; {@code …method} is one more of the class before. */
    private static final Pattern NAMED = Pattern.compile("`(?:([A-Z]\\w*(?:IT|Test))(?:\\.(\\w+))?|…(\\w+))`");

    private final Map<String, String> sources = sources();

    /** Those that are named and not there. */
    List<String> missing(String page) {
        List<String> missing = new ArrayList<>();
        String last = "no class";
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            String type = named.group(1) == null ? last : named.group(1);
            String method = named.group(1) == null ? named.group(3) : named.group(2);
            last = type;
            if (!exists(type, method)) {
                missing.add(type + (method == null ? "" : "." + method));
            }
        }
        return missing;
    }

    static long count(String page) {
        return NAMED.matcher(page).results().count();
    }

    /** @param method {@code null} for the class alone */
    boolean exists(String type, String method) {
        String source = sources.get(type);
        return source != null
                && (method == null
                        || Pattern.compile("(?s)@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b"
                                        + "(?:(?!\\n    }\\n)[\\s\\S])*?(?:void|Stream<[\\w<>? ]+>|fun) `?" + method
                                        + "`?\\(")
                                .matcher(source)
                                .find());
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            return files.filter(file -> file.toString().matches(".*(IT|Test)\\.(java|kt)"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\..*", ""),
                            NamedTests::text,
                            (one, other) -> one + other)); // two packages may have tests of one name
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
