package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window, for what only a browser knows: computed styles, layout, the accessibility tree. */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final DevTools page;

    private Chromium(Process process, DevTools page) {
        this.process = process;
        this.page = page;
    }

    /** Tests that need it are skipped where it is not. */
    public static boolean installed() {
        return program().isPresent();
    }

    public static Chromium start() {
        try {
            Path profile = Files.createTempDirectory(Workspace.target(), "chromium");
            Process process = new ProcessBuilder(
                            program().orElseThrow().toString(),
                            "--headless",
                            "--no-sandbox", // which a root user has not
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--no-first-run",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .start();
            return new Chromium(process, DevTools.ofNewPage(address(process.inputReader())));
        } catch (IOException e) {
            throw new UncheckedIOException("Chromium does not start", e);
        }
    }

    /** @param width of the window in CSS pixels */
    public void open(URI url, int width, boolean dark) {
        page.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        page.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        page.call("Page.navigate", Map.of("url", url.toString()));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate("location.href !== 'about:blank' && document.readyState === 'complete'")
                .asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(url + " does not finish loading");
            }
        }
    }

    /** The value of an expression in the page, as JSON. */
    public JsonNode evaluate(String expression) {
        JsonNode answer = page.call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.get("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    public void pressTab() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            page.call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
        }
    }

    /** What a screen reader calls the links of the page, in order. */
    public List<String> linkNames() {
        return page.call("Accessibility.getFullAXTree", Map.of()).path("nodes").findParents("role").stream()
                .filter(node -> "link".equals(node.path("role").path("value").asText()))
                .map(node -> node.path("name").path("value").asText())
                .toList();
    }

    @Override
    public void close() {
        page.close();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String address(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group(1);
            }
            said.append(line).append('\n');
        }
        throw new IOException("no address in: " + said);
    }
}
