package dev.socialexchange.keycloak.net;

/**
 * How one host's share is divided.
 *
 * @param holders how many call the host at the same time
 */
record ShareLimits(int holders) {

    ShareLimits {
        if (holders < 1) {
            throw new IllegalArgumentException("a share has at least one place");
        }
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
