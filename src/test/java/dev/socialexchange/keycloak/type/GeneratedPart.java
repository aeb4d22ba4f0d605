package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

/** A part of a page that is written from the descriptors, between two comments. */
public final class GeneratedPart {
    private static final String END = "<!-- end -->";

    private GeneratedPart() {}

    public static String replace(String page, String name, String content) {
        String begin = "<!-- begin: " + name + ", see docs/development.md -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(END, from);
        assertThat(from).as("the marker " + begin).isNotNegative();
        assertThat(to).as("the marker " + END).isGreaterThan(from);
        return page.substring(0, from + begin.length()) + content + page.substring(to);
    }
}
