package dev.socialexchange.keycloak.simulator;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody with an account at every provider.
 *
 * @param id digits only, so that the same value serves as an OpenID subject and as GitHub's numeric id
 * @param email null for an account without an address
 * @param hostedDomain the Google Workspace domain, or null
 */
public record Person(
        String id,
        String username,
        String email,
        boolean emailVerified,
        String givenName,
        String familyName,
        String hostedDomain) {

    public Person {
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("A person's id is a number of at most 18 digits, not " + id);
        }
    }

    /** A person whom nobody has met, with a verified address; the id and the address are random. */
    public static Person unknown(String givenName) {
        long id = ThreadLocalRandom.current().nextLong(1_000_000_000L, 1_000_000_000_000_000L);
        String username = givenName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + "-" + id;
        return new Person(Long.toString(id), username, username + "@example.org", true, givenName, "Example", null);
    }

    public String name() {
        return Stream.of(givenName, familyName)
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    public Person withId(String newId) {
        return new Person(newId, username, email, emailVerified, givenName, familyName, hostedDomain);
    }

    public Person withUsername(String newUsername) {
        return new Person(id, newUsername, email, emailVerified, givenName, familyName, hostedDomain);
    }

    public Person withEmail(String newEmail, boolean verified) {
        return new Person(id, username, newEmail, verified, givenName, familyName, hostedDomain);
    }

    public Person withoutEmail() {
        return withEmail(null, false);
    }

    public Person withName(String newGivenName, String newFamilyName) {
        return new Person(id, username, email, emailVerified, newGivenName, newFamilyName, hostedDomain);
    }

    public Person withHostedDomain(String domain) {
        return new Person(id, username, email, emailVerified, givenName, familyName, domain);
    }
}
