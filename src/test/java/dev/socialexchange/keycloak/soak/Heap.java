package dev.socialexchange.keycloak.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM has on its heap after a full collection.
 *
 * @param bytes of all objects
 * @param ours how many objects of the extension's own classes
 */
record Heap(long bytes, long ours) {
    /** Number, instances, bytes, class. */
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    private static final Pattern TOTAL = Pattern.compile("Total\\s+(\\d+)\\s+(\\d+)");
    private static final String OURS = "dev.socialexchange.";

    /** Of another process, which the JDK's own tool asks to collect first. */
    static Heap of(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process asked = new ProcessBuilder(jcmd.toString(), String.valueOf(process), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return of(histogram);
        } catch (IOException e) {
            throw new UncheckedIOException("jcmd is part of a JDK: " + jcmd, e);
        }
    }

    static Heap of(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IllegalStateException("not a histogram: " + histogram);
        }
        long ours = histogram
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .filter(row -> row.group(3).startsWith(OURS))
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
        return new Heap(Long.parseLong(total.group(2)), ours);
    }
}
