package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything in a project that lists its provider types, made of their descriptors, and of what users saw: what Keycloak finds
 * them by, the login theme, the JavaScript package's marks, and the documentation.
 */
public final class ProviderFiles {
    private static final Path DESCRIPTORS = Path.of("src/main/resources/social-providers");
    private static final Path PAGES = Path.of("docs/providers");
    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Path PRIVACY = Path.of("docs/privacy.md");
    private static final Path README = Path.of("README.md");
    private static final int LINE = 130;

    private final Path project;
    private final List<Descriptor> types;

    public ProviderFiles(Path project) throws IOException {
        this.project = project;
        try (Stream<Path> files = Files.list(project.resolve(DESCRIPTORS))) {
            List<Descriptor> read = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                read.add(DescriptorReader.read(Files.readAllBytes(file), file.toString())
                        .descriptor());
            }
            types = List.copyOf(read);
        }
    }

    /** What the files should say, by their place in the project. */
    public Map<Path, String> fresh() throws IOException {
        Set<String> replaced = Catalogued.replaced(project);
        List<Descriptor> own =
                types.stream().filter(type -> !replaced.contains(type.id())).toList();
        Map<Path, String> fresh = new LinkedHashMap<>();
        Catalogued catalogued = new Catalogued(project, own);
        fresh.put(Catalogued.CATALOGUE, catalogued.catalogue());
        fresh.put(Catalogued.SERVICES, catalogued.services());
        ThemeMarks marks = new ThemeMarks(project, types);
        fresh.put(ThemeMarks.PROPERTIES, marks.properties());
        fresh.put(ThemeMarks.STYLES, marks.styles());
        PackageMarks packaged = new PackageMarks(types);
        fresh.put(PackageMarks.SOURCE, packaged.source());
        fresh.put(PackageMarks.BUILT, packaged.built());
        fresh.put(OPERATIONS, operations(own));
        fresh.put(PRIVACY, GeneratedPart.replace(read(PRIVACY), "data flow", DataFlow.of(types)));
        fresh.put(
                README,
                read(README).replaceFirst("\\[\\d+ types of provider]", "[" + types.size() + " types of provider]"));
        LiveProofs live = LiveProofs.in(
                read(PAGES.resolve("live.md")),
                types.stream().map(Descriptor::id).collect(Collectors.toSet()));
        Path overview = PAGES.resolve("README.md");
        fresh.put(
                overview,
                GeneratedPart.replace(
                        GeneratedPart.replace(read(overview), "pages", links()),
                        "from the descriptors",
                        CapabilityMatrix.of(types, live)));
        for (Descriptor type : types) {
            Path page = PAGES.resolve(type.id() + ".md");
            fresh.put(
                    page,
                    GeneratedPart.replace(
                            GeneratedPart.replace(read(page), "facts", ProviderPage.facts(type, live)),
                            "command",
                            ProviderPage.command(type)));
        }
        return fresh;
    }

    /** Writes them. */
    public void write() throws IOException {
        for (Map.Entry<Path, String> file : fresh().entrySet()) {
            Files.writeString(project.resolve(file.getKey()), file.getValue());
        }
    }

    private String operations(List<Descriptor> own) throws IOException {
        String ids = Stream.concat(own.stream().map(Descriptor::id), Stream.of(CustomIdentityProvider.PROVIDER_ID))
                .collect(Collectors.joining("|"));
        String page = read(OPERATIONS).replaceFirst("(?m)^types='[^']*'$", "types='" + ids + "'");
        return GeneratedPart.replace(page, "what types do not give", wrapped(silence(), " "));
    }

    /** Which people a realm with Keycloak's default user profile does not let in by themselves. */
    private Stream<String> silence() {
        return Stream.of(
                        "These types never give an address: "
                                + names(types.stream().filter(type -> !type.givesAddresses())) + ".",
                        names(types.stream().filter(type -> !type.givesAddresses() && !type.givesNames()))
                                + " give no name either.")
                .flatMap(sentence -> Stream.of(sentence.split(" ")));
    }

    private static String names(Stream<Descriptor> some) {
        List<String> names = some.map(Descriptor::name).toList();
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }

    private String links() {
        return wrapped(
                Stream.concat(types.stream(), Conformance.configured())
                        .sorted(Comparator.comparing(type -> type.name().toLowerCase(Locale.ROOT)))
                        .map(type -> "[%s](%s.md)".formatted(type.name(), type.id())),
                " · ");
    }

    private static String wrapped(Stream<String> words, String between) {
        StringBuilder text = new StringBuilder();
        int[] column = {0};
        words.forEach(word -> {
            if (column[0] + between.length() + word.length() > LINE) {
                text.append(between.stripTrailing()).append('\n');
                column[0] = 0;
            } else if (column[0] > 0) {
                text.append(between);
                column[0] += between.length();
            }
            text.append(word);
            column[0] += word.length();
        });
        return text.append('\n').toString();
    }

    private String read(Path file) throws IOException {
        return Files.readString(project.resolve(file));
    }
}
