package dev.socialexchange.keycloak;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the extension logs during a test. It does not reach the console, where an error out of a test that passes looks like a
 * broken build; and a test that logs something without looking at it fails.
 */
public final class ExtensionLog extends Handler implements BeforeEachCallback, AfterEachCallback {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%p: %m");

    private final Logger logger = Logger.getLogger("dev.socialexchange.keycloak");
    private final List<String> lines = new ArrayList<>();
    private boolean seen;

    /** Level and message, for example {@code ERROR: The folder … cannot be read}, oldest first. */
    public List<String> lines() {
        seen = true;
        return List.copyOf(lines);
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        lines.clear();
        seen = false;
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        if (!seen && !lines.isEmpty()) {
            throw new AssertionError("logged, and not looked at: " + lines);
        }
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(MESSAGE.format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
