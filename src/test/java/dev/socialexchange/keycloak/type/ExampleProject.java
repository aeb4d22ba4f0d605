package dev.socialexchange.keycloak.type;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** This project once more, in another folder, to which files can be added. */
final class ExampleProject {
    private static final String OURS = "dev.socialexchange.";
    private static final List<String> PARTS = List.of(
            "README.md",
            "clients/js/src",
            "clients/js/dist",
            "docs",
            "themes",
            "src/main/java/dev/socialexchange/keycloak/type",
            "src/main/resources",
            "src/simulator/resources",
            "src/test/resources");

    private final Path folder;

    private ExampleProject(Path folder) {
        this.folder = folder;
    }

    static ExampleProject in(Path folder) throws IOException {
        for (String part : PARTS) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(file, folder.resolve(file));
                }
            }
        }
        return new ExampleProject(folder);
    }

    void add(String example, String file) throws IOException {
        copy(Path.of("src/test/resources/example", example), folder.resolve(file));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** The classes of this project as they are once its catalogue is compiled, apart from those of the test that asks. */
    URLClassLoader built() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter mistakes = new StringWriter();
        boolean compiled = compiler.getTask(
                        mistakes,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"),
                        null,
                        compiler.getStandardFileManager(null, null, null)
                                .getJavaFileObjects(folder.resolve(Catalogued.CATALOGUE)))
                .call();
        if (!compiled) {
            throw new AssertionError(mistakes.toString());
        }
        return new Apart(new URL[] {
            url(classes),
            url(folder.resolve("src/main/resources")),
            url(folder.resolve("src/simulator/resources")),
            url(folder.resolve("src/test/resources")),
            url(Path.of("target/classes")),
            url(Path.of("target/test-classes"))
        });
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    /** Looks at its own folders first, for what is ours. */
    private static final class Apart extends URLClassLoader {
        Apart(URL[] folders) {
            super(folders, ExampleProject.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }
    }
}
