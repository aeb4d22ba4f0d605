package dev.socialexchange.keycloak.stream;

/** The command cannot go on. The message is for people, says what to do next, and has no secret in it. */
final class StreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    private StreamFailure(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    static StreamFailure usage(String message) {
        return new StreamFailure(Exit.USAGE, message, null);
    }

    static StreamFailure noAnswer(String message) {
        return noAnswer(message, null);
    }

    static StreamFailure noAnswer(String message, Throwable cause) {
        return new StreamFailure(Exit.NO_ANSWER, message, cause);
    }

    Exit exit() {
        return exit;
    }
}
