package dev.socialexchange.keycloak.descriptor;

import java.util.Arrays;
import java.util.Optional;

/** What providers say about a person, whichever way they spell it. */
public enum NeutralEvent {
    /** Everything that was signed in there with this account is to be signed out. */
    SESSIONS_REVOKED,
    /** Somebody else may have the account. */
    CREDENTIALS_COMPROMISED,
    ACCOUNT_DISABLED,
    ACCOUNT_ENABLED,
    ACCOUNT_DELETED,
    /** The person has taken back what the app was allowed. */
    APP_DEAUTHORISED,
    /** The person wants the app to forget them. */
    DATA_DELETION_REQUESTED,
    EMAIL_CHANGED,
    /** Nothing arrives any more that is sent to the address which the provider forwards. */
    EMAIL_RELAY_STOPPED,
    SUBJECT_CHANGED,
    /** Nothing has happened: the transmitter tries the address out. */
    VERIFICATION;

    /** As descriptors and settings spell it. */
    public String id() {
        return ValueReader.word(this);
    }

    public static Optional<NeutralEvent> byId(String id) {
        return Arrays.stream(values()).filter(event -> event.id().equals(id)).findFirst();
    }

    /** Whether it is about nobody. */
    public boolean isAboutNobody() {
        return this == VERIFICATION;
    }
}
