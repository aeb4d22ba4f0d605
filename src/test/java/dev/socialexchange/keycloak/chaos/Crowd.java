package dev.socialexchange.keycloak.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Some who do what people do, one thing after the other, and some who sign in with passwords. */
final class Crowd implements AutoCloseable {
    private static final int PEOPLE = 5;
    private static final int MAX_PAUSE_MILLIS = 120;
    private static final Duration BETWEEN_PASSWORDS = Duration.ofMillis(300);

    /** Longer than anybody tries. */
    private static final int LAST_ONES_SECONDS = 200;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Findings findings;
    private volatile boolean over;

    Crowd(Findings findings) {
        this.findings = findings;
    }

    /** @param deeds of which each is as likely as it is often in the list */
    void come(List<Deed> deeds, Deed password, long seed) {
        for (int person = 0; person < PEOPLE; person++) {
            Random dice = new Random(seed + person);
            threads.execute(() -> act(() -> {
                deeds.get(dice.nextInt(deeds.size())).happen(dice);
                Pause.of(Duration.ofMillis(dice.nextInt(MAX_PAUSE_MILLIS)));
            }));
        }
        Random dice = new Random(seed - 1);
        threads.execute(() -> act(() -> {
            password.happen(dice);
            Pause.of(BETWEEN_PASSWORDS);
        }));
    }

    private void act(Runnable deed) {
        try {
            while (!over) {
                deed.run();
            }
        } catch (RuntimeException | AssertionError unexpected) {
            findings.add("somebody cannot go on: " + unexpected);
            unexpected.printStackTrace();
        }
    }

    /** Everybody finishes what they have begun. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ONES_SECONDS, TimeUnit.SECONDS)) {
                findings.add("somebody never comes to an end");
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
