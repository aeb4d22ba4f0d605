package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.provider.Secrets;
import dev.socialexchange.keycloak.telemetry.Recorder;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.time.InstantSource;

/** All that a proof needs of the server that it is made in, for one request. */
public interface Surroundings {

    /** The realm's immutable id. */
    String realm();

    /** The immutable id of the client that asks; {@code null} if nobody does, as in a browser login. */
    String client();

    ProviderCalls calls();

    /** @param name of the key set in what all realms share */
    KeptKeys keptKeys(String name);

    Signatures signatures();

    SealingKeys sealingKeys();

    Once once();

    Secrets secrets();

    InstantSource clock();

    /** Told of what operators want to see. */
    default Recorder recorder() {
        return Telemetry.NONE.recorder();
    }

    /** Told of what is looked at, in order. */
    default Journal journal() {
        return Journal.NONE;
    }

    /** Seconds since the epoch. */
    default long now() {
        return clock().instant().getEpochSecond();
    }
}
