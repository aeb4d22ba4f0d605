package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.Optional;

/** How one attempt at a login ended. A refusal is an exception. */
sealed interface LoginOutcome<T> {

    /** @throws ExchangeException if the person is needed */
    T result();

    /** What is committed of a login. */
    default Optional<MadeLogin> made() {
        return Optional.empty();
    }

    /**
     * Committed.
     *
     * @param login empty if nobody has logged in
     */
    record Done<T>(T result, Optional<MadeLogin> login) implements LoginOutcome<T> {
        @Override
        public Optional<MadeLogin> made() {
            return login;
        }
    }

    /** The person is known by now, and needed in a browser. Nothing of this attempt stays. */
    record Asked<T>(ExchangeException asked) implements LoginOutcome<T> {
        @Override
        public T result() {
            throw asked;
        }
    }

    /** Somebody is linked to the external account by an id that it had before. */
    record Renumbered<T>(String subject) implements LoginOutcome<T> {
        @Override
        public T result() {
            throw new IllegalStateException("the link has to get the new id first");
        }
    }

    /** Nobody is linked to the external account. */
    record Unknown<T>(String subject) implements LoginOutcome<T> {
        @Override
        public T result() {
            throw new IllegalStateException("an unknown person has to be introduced first");
        }
    }
}
