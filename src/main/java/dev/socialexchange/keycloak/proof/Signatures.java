package dev.socialexchange.keycloak.proof;

import org.keycloak.crypto.KeyWrapper;

/** The server's own cryptography (it may have to be FIPS's). */
@FunctionalInterface
public interface Signatures {

    /**
     * @param key with its algorithm
     * @return false also for an algorithm that the server does not have, and for a signature that cannot be read
     */
    boolean verify(KeyWrapper key, byte[] data, byte[] signature);
}
