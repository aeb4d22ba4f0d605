package dev.socialexchange.keycloak.command;

import java.util.Optional;
import java.util.function.Function;

/**
 * Where an administrator's secrets come from: the environment, or a prompt that does not show what is typed.
 *
 * @param prompt answers {@code null} where there is no terminal
 */
record Secrets(Function<String, String> environment, Function<String, char[]> prompt) {
    static final String CLIENT_SECRET = "SOCIAL_EXCHANGE_DOCTOR_SECRET";
    static final String PASSWORD = "SOCIAL_EXCHANGE_DOCTOR_PASSWORD";
    static final String TOKEN = "SOCIAL_EXCHANGE_DOCTOR_TOKEN";

    Optional<String> token() {
        return find(TOKEN);
    }

    String clientSecret() {
        return find(CLIENT_SECRET)
                .orElseThrow(() -> CommandFailure.usage("The client's secret belongs into the environment: "
                        + CLIENT_SECRET + ". It stands in the console under Clients, the client, Credentials"));
    }

    String password(String user) {
        return find(PASSWORD)
                .or(() -> prompted(user))
                .orElseThrow(() -> CommandFailure.usage(
                        "There is no terminal to ask for the password: set " + PASSWORD + " in the environment"));
    }

    private Optional<String> prompted(String user) {
        return Optional.ofNullable(prompt.apply("Password of " + Printable.of(user) + ": "))
                .map(String::new);
    }

    private Optional<String> find(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
