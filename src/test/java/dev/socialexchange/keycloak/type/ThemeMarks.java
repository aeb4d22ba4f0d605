package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Mark;
import dev.socialexchange.keycloak.theme.LoginTheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The marks of the login theme, as its two files have them. */
record ThemeMarks(Path project, List<Descriptor> types) {
    static final Path PROPERTIES = Path.of("themes/social-exchange/login/theme.properties");
    static final Path STYLES = Path.of("themes/social-exchange/login/resources/css/social-exchange.css");

    /** WCAG 2.2, of text that is not large. */
    private static final double READABLE = 4.5;

    private static final String WHITE = "ffffff";
    static final String BLACK = "#000000";

    String properties() throws IOException {
        return GeneratedPart.between(
                Files.readString(project.resolve(PROPERTIES)),
                "# begin: marks, see docs/development.md\n",
                "# end",
                marked("kcLogoIdP-%1$s=social-exchange-mark social-exchange-%1$s\n"));
    }

    String styles() throws IOException {
        return GeneratedPart.between(
                Files.readString(project.resolve(STYLES)),
                "/* begin: marks, see docs/development.md */\n",
                "/* end */",
                marked(
                        ".social-exchange-%1$s { --social-exchange-initials: \"%2$s\"; --social-exchange-ground: %3$s;%4$s }\n"));
    }

    private String marked(String line) {
        return types.stream()
                .flatMap(type -> type.about().mark().stream()
                        .map(mark -> line.formatted(type.id(), mark.initials(), mark.colour(), ink(mark))))
                .collect(Collectors.joining());
    }

    /** White, which the stylesheet has anyway, unless nobody could read it. */
    static String ink(Mark mark) {
        return LoginTheme.contrast(mark.colour().substring(1), WHITE) >= READABLE
                ? ""
                : " --social-exchange-ink: " + BLACK + ';';
    }
}
