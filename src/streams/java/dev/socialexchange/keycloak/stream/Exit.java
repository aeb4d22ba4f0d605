package dev.socialexchange.keycloak.stream;

/** How the program ends, as shells and CI see it. */
enum Exit {
    ALL_WELL(0),
    /** There is a stream, and it is not the one that was asked for. */
    DIFFERS(1),
    /** What was asked for makes no sense. */
    USAGE(2),
    /** The transmitter cannot be reached, or does not want to. */
    NO_ANSWER(3);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
