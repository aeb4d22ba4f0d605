package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.opentest4j.TestAbortedException;

/**
 * A real Chromium, spoken to by its DevTools protocol; one for the whole run. {@code -Dchromium} names the program;
 * {@code -Dchromium.required} makes its absence a failure instead of a skipped test.
 */
public final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration START = Duration.ofSeconds(30);
    private static final long ANSWER_SECONDS = 30;

    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    /** Who hears what happens in which session. */
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();

    private final WebSocket socket;

    private Chromium(URI debugger) {
        socket = Http.client()
                .newWebSocketBuilder()
                .buildAsync(debugger, new Listener())
                .join();
    }

    private static final class Holder {
        static final Chromium STARTED = start();
    }

    /** A browser of its own: no cookies of others. */
    public static Tab newBrowser() {
        if (program().isEmpty() && System.getProperty("chromium.required") == null) {
            throw new TestAbortedException("no Chromium here: install it, or name it with -Dchromium=/path");
        }
        Chromium chromium = Holder.STARTED;
        String context = chromium.call(null, "Target.createBrowserContext", Map.of())
                .path("browserContextId")
                .asText();
        String target = chromium.call(
                        null, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context))
                .path("targetId")
                .asText();
        return chromium.attach(target);
    }

    private Tab attach(String target) {
        String session = call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        return new Tab(this, session, target);
    }

    /** A tab that this one's browser has opened beside it; empty while there is none. */
    Optional<Tab> openedBeside(String target) {
        JsonNode targets = call(null, "Target.getTargets", Map.of()).path("targetInfos");
        String context = StreamSupport.stream(targets.spliterator(), false)
                .filter(one -> one.path("targetId").asText().equals(target))
                .map(one -> one.path("browserContextId").asText())
                .findFirst()
                .orElseThrow();
        return StreamSupport.stream(targets.spliterator(), false)
                .filter(one -> one.path("browserContextId").asText().equals(context)
                        && one.path("type").asText().equals("page")
                        && !one.path("targetId").asText().equals(target))
                .map(one -> attach(one.path("targetId").asText()))
                .findFirst();
    }

    /** @param listener called on the thread that answers arrive by: it must not wait for one */
    void hear(String session, Consumer<JsonNode> listener) {
        listeners.put(session, listener);
    }

    private static Optional<Path> program() {
        String named = System.getProperty("chromium");
        return named != null
                ? Optional.of(Path.of(named))
                : Stream.of(System.getenv("PATH").split(":"))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
    }

    private static Chromium start() {
        try {
            Path profile = Files.createTempDirectory(Workspace.target(), "chromium-");
            Process process = new ProcessBuilder(
                            program()
                                    .orElseThrow(() -> new IllegalStateException("no Chromium"))
                                    .toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--no-first-run",
                            "--lang=en",
                            "--window-size=900,800",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("output.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
            List<String> port = awaitLines(profile.resolve("DevToolsActivePort"));
            return new Chromium(URI.create("ws://127.0.0.1:" + port.get(0) + port.get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private static List<String> awaitLines(Path file) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end) {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                if (lines.size() == 2) {
                    return lines;
                }
            }
            Tab.pause();
        }
        throw new IllegalStateException("Chromium did not start: " + file.resolveSibling("output.log"));
    }

    JsonNode call(String session, String method, Map<String, ?> parameters) {
        JsonNode answer = ask(session, method, parameters);
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.path("error"));
        }
        return answer.path("result");
    }

    /** @return with a {@code result} or an {@code error} */
    JsonNode ask(String session, String method, Map<String, ?> parameters) {
        int id = number.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        Map<String, Object> message = session == null
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        try {
            synchronized (socket) {
                socket.sendText(Json.write(message), true).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(method, e);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                JsonNode answer = Json.lenient(message.toString());
                message.setLength(0);
                CompletableFuture<JsonNode> call =
                        calls.remove(answer.path("id").asInt());
                if (call != null) {
                    call.complete(answer);
                } else if (answer.has("method")) {
                    listeners
                            .getOrDefault(answer.path("sessionId").asText(), ignored -> {})
                            .accept(answer);
                }
            }
            from.request(1);
            return null;
        }
    }
}
