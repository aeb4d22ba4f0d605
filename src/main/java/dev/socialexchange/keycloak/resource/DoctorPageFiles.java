package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the doctor's page consists of: read from the jar once, and served under an address that changes with any of it. */
final class DoctorPageFiles {
    private static final String FOLDER = "/doctor/page/";
    private static final int VERSION_DIGITS = 16;

    /** What the page without a client needs. */
    static final String STYLE = "doctor.css";

    static final List<String> LANGUAGES = List.of("en", "de");

    private static final List<String> NAMES = List.of(
            STYLE,
            "icon.svg",
            "keycloak-js/keycloak.js",
            "main.js",
            "api.js",
            "dom.js",
            "form.js",
            "provider.js",
            "providers.js",
            "returned.js",
            "session.js",
            "sign-in.js",
            "steps.js",
            "verdict.js",
            "words.js",
            "words_en.json",
            "words_de.json");

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private static final Map<String, byte[]> FILES =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, DoctorPageFiles::read));

    /** Of all files: what a browser keeps, it may keep for ever. */
    static final String VERSION = Digests.sha256Hex(NAMES.stream()
                    .map(name -> Digests.sha256Hex(new String(FILES.get(name), StandardCharsets.UTF_8)))
                    .collect(Collectors.joining("\n")))
            .substring(0, VERSION_DIGITS);

    private DoctorPageFiles() {}

    /** Empty for any other name, so that nothing else of the jar is ever served. */
    static Optional<byte[]> file(String name) {
        return Optional.ofNullable(FILES.get(name));
    }

    static String type(String name) {
        return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    }

    /** A page that {@link DoctorPageTemplate} completes. */
    static String template(String name) {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    /** @param language one of {@link #LANGUAGES} */
    static Map<String, String> words(String language) {
        Map<String, String> words = new LinkedHashMap<>();
        StrictJson.read(new String(FILES.get("words_" + language + ".json"), StandardCharsets.UTF_8))
                .orElseThrow()
                .properties()
                .forEach(word -> words.put(word.getKey(), word.getValue().textValue()));
        return words;
    }

    private static byte[] read(String name) {
        try (InputStream file = DoctorPageFiles.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return file.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
