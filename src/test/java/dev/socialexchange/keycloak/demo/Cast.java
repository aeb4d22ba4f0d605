package dev.socialexchange.keycloak.demo;

import dev.socialexchange.keycloak.simulator.People;
import dev.socialexchange.keycloak.simulator.Person;

/** Who plays in the transcript. Each has an address of their own, so that nobody is in anybody's way. */
final class Cast {

    static final Person ADA = People.ADA;
    static final Person BRUNO = People.BRUNO;
    static final Person CHLOE = People.CHLOE;

    static final Person ELIF = new Person("5550108", "elif-a", "elif@example.org", true, "Elif", "Arslan", null);

    /** Google vouches for her address, and {@code realm-export.json} already has a user with it. */
    static final Person CAROL =
            new Person("5550109", "carol-s", "carol@example.org", true, "Carol", "Shaw", "example.org");

    /** GitHub vouches for his address, and he has an account here where it is verified. */
    static final Person FRANK = new Person("5550110", "frank-d", "frank@example.org", true, "Frank", "Drake", null);

    private Cast() {}

    static void introduceTo(People people) {
        people.add(ELIF);
        people.add(CAROL);
        people.add(FRANK);
    }
}
