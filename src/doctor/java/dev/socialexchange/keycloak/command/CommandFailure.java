package dev.socialexchange.keycloak.command;

/** The command cannot go on. The message is for people, says what to do next, and has no secret in it. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;

    private CommandFailure(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    static CommandFailure usage(String message) {
        return new CommandFailure(Exit.USAGE, message, null);
    }

    static CommandFailure noAnswer(String message) {
        return noAnswer(message, null);
    }

    static CommandFailure noAnswer(String message, Throwable cause) {
        return new CommandFailure(Exit.NO_ANSWER, message, cause);
    }

    static CommandFailure finding(String message) {
        return new CommandFailure(Exit.FINDINGS, message, null);
    }

    Exit exit() {
        return exit;
    }
}
