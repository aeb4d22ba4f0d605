package dev.socialexchange.keycloak.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters that there are, each registered once: what follows is a look into a map. */
final class Meters {
    /** From a proof without a call to a provider that takes all the time it is given. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    private record Series(Family family, List<String> values) {}

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param labels of the family, and what an option adds */
    Counter counter(Family family, List<String> labels, List<String> values) {
        return counters.computeIfAbsent(new Series(family, values), series -> Counter.builder(family.meter())
                .description(family.description())
                .tags(tags(labels, values))
                .register(registry));
    }

    Counter counter(Family family, String... values) {
        return counter(family, family.labels(), List.of(values));
    }

    Timer timer(Family family, String... values) {
        return timers.computeIfAbsent(new Series(family, List.of(values)), series -> Timer.builder(family.meter())
                .description(family.description())
                .tags(tags(family.labels(), series.values()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    private static List<Tag> tags(List<String> labels, List<String> values) {
        if (labels.size() != values.size()) {
            throw new IllegalArgumentException(labels + " are " + values);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i), values.get(i)));
        }
        return tags;
    }
}
