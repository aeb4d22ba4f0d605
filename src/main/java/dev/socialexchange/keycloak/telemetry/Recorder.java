package dev.socialexchange.keycloak.telemetry;

import org.keycloak.provider.Provider;

/**
 * Counts what happens here, for {@link Family}. Cheap, from any thread, and never in the way of what it counts: where Keycloak's
 * metrics are off nothing comes of it. All times are nanoseconds.
 */
public interface Recorder extends Provider {

    void exchanged(Exchanged exchanged, long took);

    /** @param method as the event has it */
    void proven(String type, String method);

    /**
     * @param host with its port, if the URL has one
     * @param outcome the class of the status, such as {@code 2xx}, {@code 429}, or why there was no answer
     */
    void called(String host, String outcome, long took);

    /** @param change plus one for who begins to wait for a place at a provider, minus one at the end */
    void waiting(int change);

    /** @param outcome {@code granted}, or why there was no place */
    void waited(String outcome, long took);

    /** @param host, or {@code key sets} where somebody else's load of keys was waited for */
    void shareRefused(String host, String cause);

    /** @param outcome {@code loaded}, or why not */
    void keySetLoaded(String type, String outcome);

    /** A {@code token} or a {@code nonce} came a second time. */
    void usedBefore(String what);

    /** @param outcome {@code created}, {@code linked}, or {@code asked} where the person is needed */
    void firstLogin(String type, String outcome);

    /** @param step {@code offered}, {@code begun}, {@code finished}, {@code cancelled}, or {@code expired}: opened when it was gone */
    void continuation(String step);

    /**
     * A provider was found to publish something else than what is known of it here.
     *
     * @param what {@code keys}, or the member of its discovery document
     */
    void drifted(String type, String what);

    /**
     * A provider has said something by itself.
     *
     * @param event neutral, or {@code none}
     * @param outcome what was done, or why it was refused
     */
    void signal(String type, String event, String outcome);

    /**
     * The tokens of a link that is gone were to be taken back at the provider.
     *
     * @param outcome what has come of it
     */
    void revocation(String type, String outcome);

    /**
     * Somebody who was imported has come for the first time.
     *
     * @param source as the import has named it
     */
    void arrived(String source);

    /** What has come of a provider's exchanges on this node. */
    Lately lately(String realm, String alias);

    /** @param budget that was exhausted */
    void throttled(String budget);

    @Override
    default void close() {
        // belongs to the factory
    }
}
