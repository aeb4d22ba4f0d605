package dev.socialexchange.keycloak.contract;

import static dev.socialexchange.keycloak.ExchangeError.ACCESS_TOKEN_INVALID;
import static dev.socialexchange.keycloak.ExchangeError.ACCOUNT_EXISTS;
import static dev.socialexchange.keycloak.ExchangeError.ANOTHER_ACCOUNT_LINKED;
import static dev.socialexchange.keycloak.ExchangeError.AUDIENCE_INVALID;
import static dev.socialexchange.keycloak.ExchangeError.CONSENT;
import static dev.socialexchange.keycloak.ExchangeError.DENIED_BY_FLOW;
import static dev.socialexchange.keycloak.ExchangeError.DOOR_CLOSED;
import static dev.socialexchange.keycloak.ExchangeError.HTTPS_REQUIRED;
import static dev.socialexchange.keycloak.ExchangeError.LINKED_TO_ANOTHER_USER;
import static dev.socialexchange.keycloak.ExchangeError.LINKING_ONLY;
import static dev.socialexchange.keycloak.ExchangeError.LOGIN_REQUIRED;
import static dev.socialexchange.keycloak.ExchangeError.LOGIN_TOO_OLD;
import static dev.socialexchange.keycloak.ExchangeError.NOT_ON_ALLOW_LIST;
import static dev.socialexchange.keycloak.ExchangeError.PARAMETER_INVALID;
import static dev.socialexchange.keycloak.ExchangeError.PARAMETER_MISSING;
import static dev.socialexchange.keycloak.ExchangeError.REALM_DISABLED;
import static dev.socialexchange.keycloak.ExchangeError.REGISTRATION_DISABLED;
import static dev.socialexchange.keycloak.ExchangeError.REQUESTED_TOKEN_TYPE_UNSUPPORTED;
import static dev.socialexchange.keycloak.ExchangeError.REQUIRED_ACTION;
import static dev.socialexchange.keycloak.ExchangeError.ROLE_MISSING;
import static dev.socialexchange.keycloak.ExchangeError.SCOPE_INVALID;
import static dev.socialexchange.keycloak.ExchangeError.SECOND_FACTOR;
import static dev.socialexchange.keycloak.ExchangeError.SERVER_BUSY;
import static dev.socialexchange.keycloak.ExchangeError.SESSION_LIMIT_REACHED;
import static dev.socialexchange.keycloak.ExchangeError.SETUP_FAULTY;
import static dev.socialexchange.keycloak.ExchangeError.THROTTLED;
import static dev.socialexchange.keycloak.ExchangeError.USERNAME_TAKEN;
import static dev.socialexchange.keycloak.ExchangeError.VERIFY_EMAIL;

import dev.socialexchange.keycloak.ExchangeError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who answers with JSON, and with which refusals. Every answer that an integration test gets is held against it. */
enum Answerer {
    /** The token endpoint, which says in Keycloak's own form that the realm is closed. */
    EXCHANGE(
            "Exchange",
            EnumSet.complementOf(EnumSet.of(
                    REALM_DISABLED,
                    HTTPS_REQUIRED,
                    DOOR_CLOSED,
                    ACCESS_TOKEN_INVALID,
                    LOGIN_TOO_OLD,
                    ROLE_MISSING,
                    LINKED_TO_ANOTHER_USER,
                    ANOTHER_ACCOUNT_LINKED))),
    /** The same by another door, which knows by itself that it is closed. */
    LOGIN(
            "Login",
            EnumSet.complementOf(EnumSet.of(
                    ACCESS_TOKEN_INVALID,
                    LOGIN_TOO_OLD,
                    ROLE_MISSING,
                    LINKED_TO_ANOTHER_USER,
                    ANOTHER_ACCOUNT_LINKED))),
    /** Where nobody signs in, no flow runs, and nothing is issued. */
    LINK(
            "Link",
            EnumSet.complementOf(EnumSet.of(
                    DOOR_CLOSED,
                    REQUESTED_TOKEN_TYPE_UNSUPPORTED,
                    SCOPE_INVALID,
                    AUDIENCE_INVALID,
                    NOT_ON_ALLOW_LIST,
                    LINKING_ONLY,
                    REGISTRATION_DISABLED,
                    DENIED_BY_FLOW,
                    SESSION_LIMIT_REACHED,
                    ACCOUNT_EXISTS,
                    USERNAME_TAKEN,
                    LOGIN_REQUIRED,
                    VERIFY_EMAIL,
                    SECOND_FACTOR,
                    CONSENT,
                    REQUIRED_ACTION))),
    /** Nonces and buttons. */
    DOOR(
            "Door",
            EnumSet.of(
                    PARAMETER_MISSING,
                    PARAMETER_INVALID,
                    REALM_DISABLED,
                    HTTPS_REQUIRED,
                    THROTTLED,
                    SETUP_FAULTY,
                    SERVER_BUSY));

    private final String prefix;
    private final Set<ExchangeError> refusals;

    Answerer(String prefix, Set<ExchangeError> refusals) {
        this.prefix = prefix;
        this.refusals = refusals;
    }

    /** Of the names in the document. */
    String prefix() {
        return prefix;
    }

    /** Whether people are signed in, so that Keycloak may refuse the client in its own words, and a browser may go on. */
    boolean signsIn() {
        return this == EXCHANGE || this == LOGIN;
    }

    Set<ExchangeError> refusals() {
        return refusals;
    }

    /** By status and {@code error}. */
    Map<Integer, Map<String, List<ExchangeError>>> grouped() {
        return refusals.stream()
                .collect(Collectors.groupingBy(
                        ExchangeError::status,
                        TreeMap::new,
                        Collectors.groupingBy(ExchangeError::error, TreeMap::new, Collectors.toList())));
    }
}
