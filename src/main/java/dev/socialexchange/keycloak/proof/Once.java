package dev.socialexchange.keycloak.proof;

/** Remembers for a time what has been, across the cluster. All of it acts at once, and whatever becomes of the request. */
public interface Once {

    /** @return false if it had been before, and not long enough ago to be forgotten */
    boolean putIfAbsent(String key, long lifespanSeconds);

    boolean contains(String key);

    void remove(String key);
}
