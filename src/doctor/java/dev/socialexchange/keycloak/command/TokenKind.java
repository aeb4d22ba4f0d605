package dev.socialexchange.keycloak.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a front end may hold, by the name on the command line. */
enum TokenKind {
    ID_TOKEN("urn:ietf:params:oauth:token-type:"),
    ACCESS_TOKEN("urn:ietf:params:oauth:token-type:"),
    JWT("urn:ietf:params:oauth:token-type:"),
    AUTHORIZATION_CODE("urn:keycloak:social-exchange:token-type:"),
    SIGNED_DATA("urn:keycloak:social-exchange:token-type:");

    private final String namespace;

    TokenKind(String namespace) {
        this.namespace = namespace;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code subject_token_type} of an exchange. */
    String urn() {
        return namespace + code();
    }

    static TokenKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("--kind has to be one of "
                        + Arrays.stream(values()).map(TokenKind::code).collect(Collectors.joining(", "))));
    }
}
