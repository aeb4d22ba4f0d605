package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider's account, and whose it has turned out to be. */
final class Account {
    private static final long FRESH_NANOS = Duration.ofSeconds(100).toNanos();

    private final String alias;
    private final Person person;
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger tries = new AtomicInteger();
    private String user;
    private Answer tokens;
    private long tokensSince;

    Account(String alias, Person person) {
        this.alias = alias;
        this.person = person;
    }

    String alias() {
        return alias;
    }

    Person person() {
        return person;
    }

    /** As the database names it. */
    String key() {
        return alias + '/' + person.id();
    }

    /** Something was sent that may end in a session. */
    void tries() {
        tries.incrementAndGet();
    }

    int tried() {
        return tries.get();
    }

    /** @return what is wrong with that, if anything is */
    synchronized Optional<String> signedIn(String userId, Answer answer) {
        if (answer.json().path("user_created").asBoolean() && created.incrementAndGet() > 1) {
            return Optional.of("user created twice for " + key());
        }
        tokens = answer;
        tokensSince = System.nanoTime();
        return belongsTo(userId);
    }

    synchronized Optional<String> belongsTo(String userId) {
        if (user != null && !user.equals(userId)) {
            return Optional.of("another user than before for " + key());
        }
        user = userId;
        return Optional.empty();
    }

    /** Empty as long as nobody was told. */
    synchronized Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** An access token that is good for some time yet. */
    synchronized Optional<String> accessToken() {
        return Optional.ofNullable(tokens)
                .filter(answer -> System.nanoTime() - tokensSince < FRESH_NANOS)
                .map(Answer::accessToken);
    }
}
