package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Mark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The marks of the login theme, as the JavaScript package has them: its source, and what the compiler makes of that. */
record PackageMarks(List<Descriptor> types) {
    static final Path SOURCE = Path.of("clients/js/src/marks.ts");
    static final Path BUILT = Path.of("clients/js/dist/marks.js");

    String source() {
        return "// The initials, ground and ink of each type's mark: mvn test -Dtest=ProviderFilesTest -Dupdate.docs\n"
                + "export const MARKS: Readonly<Record<string, string>> = {\n" + lines("  ") + "};\n";
    }

    String built() {
        return "export const MARKS = {\n" + lines("    ") + "};\n";
    }

    private String lines(String indentation) {
        return types.stream()
                .flatMap(type -> type.about().mark().stream().map(mark -> "%s%s: '%s %s %s',\n"
                        .formatted(indentation, key(type), mark.initials(), mark.colour(), ink(mark))))
                .collect(Collectors.joining());
    }

    private static String key(Descriptor type) {
        return type.id().matches("\\w+") ? type.id() : "'" + type.id() + "'";
    }

    private static String ink(Mark mark) {
        return ThemeMarks.ink(mark).isEmpty() ? "#ffffff" : ThemeMarks.BLACK;
    }
}
