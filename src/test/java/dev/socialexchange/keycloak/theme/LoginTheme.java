package dev.socialexchange.keycloak.theme;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The theme's files, as they are packed into the jar. */
public final class LoginTheme {
    public static final String NAME = "social-exchange";

    /** Social types of ours that Keycloak's own theme has an icon for. */
    public static final Set<String> DRAWN_BY_KEYCLOAK = Set.of("instagram");

    private static final Path FOLDER = Path.of("themes", NAME, "login");
    private static final String ICON = "kcLogoIdP-";
    private static final Pattern MARK = Pattern.compile(
            "\\.social-exchange-([\\w-]+) \\{ --social-exchange-initials: \"([^\"]*)\"; --social-exchange-ground: #(\\w{6});"
                    + "(?: --social-exchange-ink: #(\\w{6});)? }");

    private LoginTheme() {}

    /** @param ground, ink as six hexadecimal digits */
    record Mark(String initials, String ground, String ink) {

        double contrast() {
            return LoginTheme.contrast(ground, ink);
        }
    }

    /** As WCAG 2.2 defines it: 1 to 21. */
    public static double contrast(String one, String other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour, 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    }

    private static double linear(int component) {
        double value = (component & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** CSS classes by the provider type or alias they are for. */
    static Map<String, String> icons() {
        Properties theme = new Properties();
        try (Reader file = Files.newBufferedReader(FOLDER.resolve("theme.properties"))) {
            theme.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> icons = new TreeMap<>();
        theme.stringPropertyNames().stream()
                .filter(key -> key.startsWith(ICON))
                .forEach(key -> icons.put(key.substring(ICON.length()), theme.getProperty(key)));
        return icons;
    }

    /** The stylesheet's marks, by what follows {@code social-exchange-} in the class. */
    static Map<String, Mark> marks() {
        Map<String, Mark> marks = new TreeMap<>();
        Matcher matcher = MARK.matcher(read("resources/css/social-exchange.css"));
        while (matcher.find()) {
            String ink = matcher.group(4) == null ? "ffffff" : matcher.group(4);
            marks.put(matcher.group(1), new Mark(matcher.group(2), matcher.group(3), ink));
        }
        return marks;
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
