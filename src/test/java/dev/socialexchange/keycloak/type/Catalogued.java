package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderFactory;

/** What Keycloak finds our own types by: a class for each, since its build remembers factories by class (26.7), and its name. */
record Catalogued(Path project, List<Descriptor> types) {
    private static final String PACKAGE = "dev.socialexchange.keycloak.type";
    private static final Path SOURCES = Path.of("src/main/java", PACKAGE.replace('.', '/'));
    static final Path CATALOGUE = SOURCES.resolve("Catalogue.java");
    static final Path SERVICES =
            Path.of("src/main/resources/META-INF/services/org.keycloak.broker.social.SocialIdentityProviderFactory");

    private static final String BEGIN = "    // begin: types, see docs/development.md\n";
    private static final String END = "    // end\n";

    String catalogue() throws IOException {
        String page = Files.readString(project.resolve(CATALOGUE));
        return GeneratedPart.between(
                page, BEGIN, END, types.stream().map(this::line).collect(Collectors.joining("\n", "\n", "\n")));
    }

    private String line(Descriptor type) {
        String name = className(type.id());
        boolean code = Files.exists(project.resolve(SOURCES).resolve(name + "Factory.java"));
        return "    public static final class %s extends %s {}\n"
                .formatted(name, code ? name + "Factory" : "DescribedIdentityProviderFactory");
    }

    /** Ids of the types that have a class of their own: Keycloak's, and the one that anybody may describe. */
    static Set<String> replaced(Path project) throws IOException {
        return byHand(project).map(Catalogued::id).collect(Collectors.toSet());
    }

    private static Stream<String> byHand(Path project) throws IOException {
        return Files.readAllLines(project.resolve(SERVICES)).stream()
                .filter(line -> !line.startsWith(PACKAGE + ".Catalogue$"));
    }

    private static String id(String factory) {
        try {
            Object made = Class.forName(factory).getDeclaredConstructor().newInstance();
            return ((ProviderFactory<?>) made).getId();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(factory, e);
        }
    }

    /** The lines of types with a class of their own stay as they are. */
    String services() throws IOException {
        return Stream.concat(
                        byHand(project), types.stream().map(type -> PACKAGE + ".Catalogue$" + className(type.id())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String className(String id) {
        String name = Arrays.stream(id.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        assertThat(DescribedIdentityProviderFactory.id(name))
                .as("the class of a type")
                .isEqualTo(id);
        return name;
    }
}
