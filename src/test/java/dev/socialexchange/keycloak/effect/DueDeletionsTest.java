package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExtensionLog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is due, with people among them who cannot be deleted. */
class DueDeletionsTest {
    private static final int AT_A_TIME = 100;

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final Set<String> open = new LinkedHashSet<>();
    private final List<String> tried = new ArrayList<>();

    @Test
    void whoCannotBeDeletedKeepsNobodyBehindThem() {
        IntStream.range(0, 150).forEach(number -> open.add("broken" + number));
        IntStream.range(0, 120).forEach(number -> open.add("good" + number));

        DueDeletions.each(this::next, user -> {
            tried.add(user);
            if (user.startsWith("broken")) {
                throw new IllegalStateException("a listener's");
            }
            open.remove(user);
        });

        assertThat(open).hasSize(150).noneMatch(user -> user.startsWith("good"));
        assertThat(tried).as("each once").hasSize(270).doesNotHaveDuplicates();
        assertThat(log.lines()).hasSize(150);
    }

    private List<String> next(Set<String> before) {
        return open.stream()
                .filter(user -> !before.contains(user))
                .limit(AT_A_TIME)
                .toList();
    }
}
