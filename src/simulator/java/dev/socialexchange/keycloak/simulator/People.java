package dev.socialexchange.keycloak.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Those who can be chosen on a consent page: a few interesting cases, and whom a test adds. */
public final class People {

    /** Google vouches for gmail.com. */
    public static final Person ADA = new Person("5550101", "ada-b", "ada.byron@gmail.com", true, "Ada", "Byron", null);

    /** Google vouches for a Workspace domain. */
    public static final Person BRUNO =
            new Person("5550102", "bruno-k", "bruno@workspace.example", true, "Bruno", "Keller", "workspace.example");

    /** Verified once, at an address that the provider does not own. */
    public static final Person CHLOE =
            new Person("5550103", "chloe-m", "chloe@example.org", true, "Chloé", "Martin", null);

    public static final Person DAN_UNVERIFIED =
            new Person("5550104", "dan-n", "dan@example.org", false, "Dan", "Novák", null);

    public static final Person EVE_WITHOUT_EMAIL = new Person("5550105", "eve-s", null, false, "Eve", "Stone", null);

    public static final Person YULIA_NON_LATIN =
            new Person("5550106", "yulia-w", "yulia@example.org", true, "Юлия", "王", null);

    /** Longer than the 255 characters of Keycloak's first name column. */
    public static final Person LONG_NAME = new Person(
            "5550107",
            "gwen-l",
            "gwen@example.org",
            true,
            "Gwendolyn ".repeat(40).strip() + "n",
            "Long",
            null);

    private final Map<String, Person> byId = new ConcurrentSkipListMap<>();

    People() {
        reset();
    }

    void reset() {
        byId.clear();
        List.of(ADA, BRUNO, CHLOE, DAN_UNVERIFIED, EVE_WITHOUT_EMAIL, YULIA_NON_LATIN, LONG_NAME)
                .forEach(this::add);
    }

    /** Makes the person known to the consent pages; replaces whoever had the same id. */
    public Person add(Person person) {
        byId.put(person.id(), person);
        return person;
    }

    public Collection<Person> all() {
        return new ArrayList<>(byId.values());
    }

    public Optional<Person> find(String idOrUsername) {
        return byId.values().stream()
                .filter(person ->
                        person.id().equals(idOrUsername) || person.username().equals(idOrUsername))
                .findFirst();
    }
}
