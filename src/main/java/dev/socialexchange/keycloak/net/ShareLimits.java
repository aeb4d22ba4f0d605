package dev.socialexchange.keycloak.net;

import java.time.Duration;

/**
 * How one share is divided, and how long a place in it is waited for.
 *
 * @param holders how many have a place at the same time
 * @param patience how long they are waited for while nothing is heard of any of them
 * @param patienceInFront the same for the first who wait: with the holders, still fewer than Keycloak's request threads
 * @param horizon within which all who wait can expect a place, by what is usual
 */
record ShareLimits(int holders, Duration patience, Duration patienceInFront, Duration horizon) {

    ShareLimits {
        if (holders < 1) {
            throw new IllegalArgumentException("a share has at least one place");
        }
    }

    /** Of those who call a host. */
    static ShareLimits ofHost(int holders) {
        return new ShareLimits(holders, Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(500));
    }

    /**
     * Of those who wait for one thing to be loaded, which serves all at once. It may be the first that a node ever loads, and
     * take its time; that it is stuck is found out once.
     */
    static ShareLimits ofLoad(int holders) {
        return new ShareLimits(holders, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /** How many there are at most, with those who wait in front. */
    int inFront() {
        return holders + holders / 3;
    }

    /** How many places one caller holds. Where answers come slowly, even a good one leaves some to others. */
    int each(Standing standing, boolean brisk) {
        return switch (standing) {
            case EVERYBODY -> holders;
            case PROVEN -> brisk ? holders : part(3, 4);
            case UNKNOWN -> part(1, 2);
            case FAILING -> part(1, 16);
        };
    }

    /** How many places all callers without a success hold: what is left is open to those who have had one. */
    int strangers() {
        return part(3, 4);
    }

    /** How many places all callers hold whose tokens were refused. */
    int failing() {
        return part(1, 4);
    }

    /** As long as strangers hold fewer places than this, they are not put last. */
    int openToStrangers() {
        return holders / 4;
    }

    /** How many exchanges of one caller hold a place or wait for one. */
    int present(Standing standing) {
        return standing == Standing.FAILING ? part(1, 4) : 2 * holders;
    }

    private int part(int numerator, int denominator) {
        return Math.max(1, (holders * numerator + denominator - 1) / denominator);
    }
}
