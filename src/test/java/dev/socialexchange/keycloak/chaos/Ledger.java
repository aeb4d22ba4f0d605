package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Who has been told what: by that the database is judged at the end. */
final class Ledger {
    /** How the names begin that are typed into Keycloak's pages. */
    static final String WALKER = "walker-";

    private final Findings findings;
    private final AtomicInteger interrupted = new AtomicInteger();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final List<Account> known = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> uses = new ConcurrentHashMap<>();

    Ledger(Findings findings) {
        this.findings = findings;
    }

    Account open(String alias, Person person) {
        Account account = new Account(alias, person);
        accounts.put(account.key(), account);
        return account;
    }

    /**
     * Something that is good once was good.
     *
     * @param kind such as {@code id_token}
     */
    void used(String kind, String what) {
        if (uses.merge(kind + ' ' + what, 1, Integer::sum) > 1) {
            findings.add(kind + " used twice");
        }
    }

    long usedOnce(String kind) {
        return uses.keySet().stream().filter(use -> use.startsWith(kind + ' ')).count();
    }

    void signedIn(Account account, Answer answer) {
        boolean first = account.user().isEmpty();
        account.signedIn(answer.claims().path("sub").asText(), answer).ifPresent(findings::add);
        if (first) {
            known.add(account);
        }
    }

    /** A login in a browser that has not come to its end on Keycloak's pages. */
    void interrupted() {
        interrupted.incrementAndGet();
    }

    int interruptions() {
        return interrupted.get();
    }

    void linked(Account account, String user) {
        account.belongsTo(user).ifPresent(findings::add);
    }

    /** Somebody who has signed in before with this provider. */
    Optional<Account> somebody(String alias, Random dice) {
        List<Account> candidates =
                known.stream().filter(account -> account.alias().equals(alias)).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(dice.nextInt(candidates.size())));
    }

    Collection<Account> accounts() {
        return accounts.values();
    }
}
