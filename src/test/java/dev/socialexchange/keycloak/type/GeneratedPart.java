package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

/** A part of a page that is written from the descriptors, between two comments. */
public final class GeneratedPart {
    private static final String END = "<!-- end -->";

    private GeneratedPart() {}

    public static String replace(String page, String name, String content) {
        return between(page, "<!-- begin: " + name + ", see docs/development.md -->\n", END, content);
    }

    /** @param begin, end what stands before and behind the part */
    public static String between(String page, String begin, String end, String content) {
        int from = page.indexOf(begin);
        int to = page.indexOf(end, from);
        assertThat(from).as("the marker " + begin).isNotNegative();
        assertThat(to).as("the marker " + end).isGreaterThan(from);
        return page.substring(0, from + begin.length()) + content + page.substring(to);
    }
}
