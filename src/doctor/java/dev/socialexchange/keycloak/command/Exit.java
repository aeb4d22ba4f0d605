package dev.socialexchange.keycloak.command;

/** How the program ends, as shells and CI see it. */
enum Exit {
    ALL_WELL(0),
    /** Something is refused, or warned of. */
    FINDINGS(1),
    /** What was asked for makes no sense, or names what there is not. */
    USAGE(2),
    /** The server cannot be reached, or does not let this account look. */
    NO_ANSWER(3);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    Exit worse(Exit other) {
        return other.status > status ? other : this;
    }
}
