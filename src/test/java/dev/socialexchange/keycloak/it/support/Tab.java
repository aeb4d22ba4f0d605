package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** The one tab of somebody's browser, used as a person uses it: by what stands on the page. */
public final class Tab {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What was not loaded yet is not in the picture. */
    private static final String DRAWN =
            "String(document.readyState === 'complete' && document.fonts.status === 'loaded')";

    /** The middle of an element; null while the page is not loaded, or something else is there. */
    private static final String PLACE =
            """
            (() => {
              const one = document.readyState === 'complete' && document.querySelector(%s);
              if (!one) return null;
              one.scrollIntoView({block: 'center'});
              const box = one.getBoundingClientRect();
              const place = {x: box.x + box.width / 2, y: box.y + box.height / 2};
              return one.contains(document.elementFromPoint(place.x, place.y)) ? place : null;
            })()""";

    private final Chromium chromium;
    private final String session;
    private final String target;

    Tab(Chromium chromium, String session, String target) {
        this.chromium = chromium;
        this.session = session;
        this.target = target;
    }

    /** From now on, all that the tab asks for and complains of is noted. */
    public TabWatch watched() {
        return TabWatch.of(chromium, session);
    }

    /** The tab that opens beside this one. */
    public Tab opened() {
        AtomicReference<Tab> other = new AtomicReference<>();
        await("other tab", () -> {
            chromium.openedBeside(target).ifPresent(other::set);
            return other.get() != null;
        });
        return other.get();
    }

    /** With the mouse, where it stands on the page: what only a person may do, the browser then lets happen. */
    public Tab presses(String selector) {
        JsonNode place = place(selector);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            chromium.call(
                    session,
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            place.path("x"),
                            "y",
                            place.path("y"),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
        return this;
    }

    /** Where the mouse hits it, once nothing moves it any more. */
    private JsonNode place(String selector) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        await("place to press " + selector, () -> {
            JsonNode place = json(PLACE.formatted(Json.tree(selector)));
            JsonNode before = last.getAndSet(place);
            return place.isObject() && place.equals(before);
        });
        return last.get();
    }

    /** As a person does, so that the page hears of it. */
    public Tab writes(String selector, String text) {
        await("what is written into " + selector, () -> {
            if (onceLoaded(selector, "one.focus(); one.select?.()")) {
                chromium.call(session, "Input.insertText", Map.of("text", text));
            }
            return evaluate("document.querySelector(%s)?.value".formatted(Json.tree(selector)))
                    .equals(text);
        });
        return this;
    }

    /** Does this with the element, {@code one}, on the page as it is then; false while that is not loaded or has none. */
    private boolean onceLoaded(String selector, String script) {
        return evaluate(
                        """
                        (() => {
                          const one = document.readyState === 'complete' && document.querySelector(%s);
                          if (!one) return 'not yet';
                          %s;
                          return 'done';
                        })()"""
                                .formatted(Json.tree(selector), script))
                .equals("done");
    }

    public Tab open(String url) {
        chromium.call(session, "Page.navigate", Map.of("url", url));
        await("the page of " + url, () -> evaluate("document.readyState").equals("complete"));
        return this;
    }

    /** Waits until the page says this, in any of its elements that a person sees. */
    public Tab sees(String text) {
        await("\"" + text + "\"", () -> text().contains(text));
        return this;
    }

    /** Waits until something on the page matches the CSS selector. */
    public Tab has(String selector) {
        await(selector, () -> evaluate("String(!!document.querySelector(%s))".formatted(Json.tree(selector)))
                .equals("true"));
        return this;
    }

    public Tab types(String selector, String value) {
        await(selector, () -> onceLoaded(selector, "one.value = " + Json.tree(value)));
        return this;
    }

    /** Clicks once the page's scripts are there to see it, and does not wait for what comes of it. */
    public Tab clicks(String selector) {
        await(selector, () -> onceLoaded(selector, "one.click()"));
        return this;
    }

    /** Clicks, and waits for the page that comes of it: it may look like the one before. */
    public Tab sends(String selector) {
        await(selector, () -> onceLoaded(selector, "window.isBefore = true; one.click()"));
        await("answer to " + selector, () -> evaluate("String(!window.isBefore && document.readyState === 'complete')")
                .equals("true"));
        return this;
    }

    /** Waits until the browser is at an address that begins like this. */
    public String arrivesAt(String prefix) {
        await("address " + prefix, () -> url().startsWith(prefix));
        return url();
    }

    public String text() {
        return evaluate("document.body ? document.body.innerText : ''");
    }

    public String url() {
        return evaluate("location.href");
    }

    public Tab prefersDark() {
        return prefers("dark");
    }

    /** @param scheme {@code light} or {@code dark} */
    public Tab prefers(String scheme) {
        chromium.call(
                session,
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** From now on, certificates that nobody vouches for are good enough. */
    public Tab takesAnyCertificate() {
        chromium.call(session, "Security.setIgnoreCertificateErrors", Map.of("ignore", true));
        return this;
    }

    /** @param pixels of CSS */
    public Tab isWide(int pixels) {
        chromium.call(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 800, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** From now on, passkeys are kept and shown by a device of the person's, who agrees to everything. */
    public Tab keepsPasskeys() {
        chromium.call(session, "WebAuthn.enable", Map.of());
        Map<String, Object> device = Map.of(
                "protocol",
                "ctap2",
                "transport",
                "internal",
                "hasResidentKey",
                true,
                "hasUserVerification",
                true,
                "isUserVerified",
                true,
                "automaticPresenceSimulation",
                true);
        chromium.call(session, "WebAuthn.addVirtualAuthenticator", Map.of("options", device));
        return this;
    }

    public Tab pressesTab() {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            chromium.call(
                    session,
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
        }
        return this;
    }

    /** What a screen reader calls the links of the page, in order. */
    public List<String> linkNames() {
        return names("link");
    }

    /** @param role such as {@code button}, as in the accessibility tree */
    public List<String> names(String role) {
        return chromium
                .call(session, "Accessibility.getFullAXTree", Map.of())
                .path("nodes")
                .findParents("role")
                .stream()
                .filter(node -> role.equals(node.path("role").path("value").asText())
                        && !node.path("ignored").asBoolean())
                .map(node -> node.path("name").path("value").asText())
                .toList();
    }

    /** Into {@code target/screenshots}, for people to look at. */
    public Tab photographs(String name) {
        return photographs(name, Map.of("format", "png", "captureBeyondViewport", true));
    }

    /** From the first of these elements to the last. */
    public Tab photographs(String name, String first, String last) {
        has(first).has(last);
        JsonNode part = json(
                "(() => { const [one, other] = [%s, %s].map(it => document.querySelector(it).getBoundingClientRect());"
                                .formatted(Json.tree(first), Json.tree(last))
                        + " return {x: one.x + scrollX - 16, y: one.y + scrollY - 16, width: one.width + 32,"
                        + " height: other.bottom - one.y + 32, scale: 1}; })()");
        return photographs(name, Map.of("format", "png", "captureBeyondViewport", true, "clip", part));
    }

    private Tab photographs(String name, Map<String, ?> how) {
        await("the whole page", () -> evaluate(DRAWN).equals("true"));
        String data = chromium.call(session, "Page.captureScreenshot", how)
                .path("data")
                .asText();
        try {
            Path folder = Files.createDirectories(Workspace.target().resolve("screenshots"));
            Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Empty while the page is being replaced by another. */
    public String evaluate(String script) {
        return json(script).asText("");
    }

    /** The value of an expression in the page; missing if it has none yet, such as while another page comes. */
    public JsonNode json(String script) {
        return evaluated(Map.of("expression", script, "returnByValue", true))
                .path("result")
                .path("value");
    }

    /** What a promise of the page's comes to. */
    public JsonNode promised(String script) {
        JsonNode answer = evaluated(Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    private JsonNode evaluated(Map<String, ?> how) {
        return chromium.ask(session, "Runtime.evaluate", how).path("result");
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no %s at %s, but: %s".formatted(what, url(), text()));
            }
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
