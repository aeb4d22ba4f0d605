package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.Fault;
import dev.socialexchange.keycloak.it.support.RealHosts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the server's log says of faults from a moment on. */
final class FaultLog {
    /** An entry of ours, with its stack: up to the next one. */
    private static final Pattern ENTRY = Pattern.compile(
            "(?ms)^\\S+ \\S+ (ERROR|WARN) +\\[dev\\.socialexchange\\.keycloak\\].*?(?=^\\d{4}-\\d\\d-\\d\\d \\d\\d:|\\z)");

    private final long start = read(0, true).length();

    private FaultLog() {}

    static FaultLog fromNow() {
        return new FaultLog();
    }

    /** Each fault is told once, with its stack, and without what somebody has sent. */
    void assertTold(Fault fault) {
        String log = read(start, false).text();
        assertThat(log).doesNotContain("Uncaught server error");
        if (fault == Fault.DUPLICATE) {
            return; // is no fault of anybody's code
        }
        assertThat(ENTRY.matcher(log).results().map(MatchResult::group))
                .singleElement()
                .asString()
                .contains(" while=", "\tat ")
                .doesNotContain(Fault.ADDRESS, "@example.org");
    }

    private record Read(long length, String text) {}

    private static Read read(long from, boolean lengthAlone) {
        try (RandomAccessFile log =
                new RandomAccessFile(RealHosts.keycloak().log().toFile(), "r")) {
            long length = log.length();
            byte[] bytes = new byte[lengthAlone ? 0 : (int) (length - from)];
            log.seek(from);
            log.readFully(bytes);
            return new Read(length, new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
