package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** What a translation has come to: how many people, with which accounts, and what could not be told. It names nobody. */
final class Losses {
    private final Map<String, Integer> accounts = new TreeMap<>();
    private final Map<String, Integer> lost = new TreeMap<>();
    private final Map<String, Integer> passwords = new TreeMap<>();
    private final Clashes clashes = new Clashes();
    private int people;
    private int without;
    private int endingBans;
    private int unread;

    void see(PersonLine line) {
        endingBans += line.banEnds() ? 1 : 0;
        unread += line.isUnread() ? 1 : 0;
        see(line.json());
    }

    private void see(JsonNode person) {
        people++;
        if (person.path("identities").isEmpty() && !person.has("email") && !person.has("username")) {
            without++;
        }
        person.path("identities").forEach(account -> {
            accounts.merge(account.path("alias").asText(), 1, Integer::sum);
        });
        clashes.see(person);
        person.path("lost")
                .forEach(one -> lost.merge(
                        one.path("alias").asText() + ": " + one.path("reason").asText(), 1, Integer::sum));
        if (person.has("password")) {
            passwords.merge(person.at("/password/format").asText(), 1, Integer::sum);
        }
    }

    void print(PrintStream to) {
        to.printf("people: %d%n", people);
        accounts.forEach((alias, number) -> to.printf("accounts of %s: %d%n", alias, number));
        lost.forEach((reason, number) -> to.printf("lost, %s: %d%n", reason, number));
        passwords.forEach((format, number) -> to.printf("passwords of %s: %d%n", format, number));
        to.printf("accounts that two people have: %d%n", clashes.numberOfAccounts());
        if (endingBans > 0) {
            to.printf("disabled, though their ban ends within a year: %d%n", endingBans);
        }
        if (unread > 0) {
            to.printf("disabled, since what is said of it cannot be read: %d%n", unread);
        }
        to.printf("people whom nothing names: %d%n", without);
    }
}
