package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What two people of an export both have: an account, of which nobody can tell whose it is, or a name or an address, which the first of them gets. */
final class Clashes {
    private final Repeats accounts = new Repeats();
    private final Repeats names = new Repeats();

    void see(JsonNode person) {
        accountsOf(person).forEach(accounts::see);
        namesOf(person).forEach(names::see);
    }

    /** Whether somebody else has one of this person's accounts. */
    boolean hasAccountOfAnother(JsonNode person) {
        return accountsOf(person).stream().anyMatch(accounts::hasRepeated);
    }

    int numberOfAccounts() {
        return accounts.number();
    }

    /** Whether there are any such names. */
    boolean haveNames() {
        return names.number() > 0;
    }

    /** Whether it matters who of them comes first. */
    boolean hasNameOfAnother(JsonNode person) {
        return namesOf(person).stream().anyMatch(names::hasRepeated);
    }

    /** One that a person has twice is theirs. */
    private static Set<String> accountsOf(JsonNode person) {
        return StreamSupport.stream(person.path("identities").spliterator(), false)
                .map(account -> account.path("alias").asText()
                        + '\n'
                        + account.path("userId").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namesOf(JsonNode person) {
        return Stream.of("username", "email")
                .flatMap(name -> Optional.ofNullable(person.path(name).textValue()).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
