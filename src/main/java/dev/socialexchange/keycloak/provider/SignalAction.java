package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done about what a provider says, from nothing to the most; whatever comes after {@link #RECORD} is recorded as well. */
public enum SignalAction {
    IGNORE,
    RECORD,
    /** The user's address, if the provider only forwards it, is marked as one that mail does not reach, or does again. */
    MARK_ADDRESS,
    /** A suspended link opens again. */
    RESUME_LINK,
    /** Sessions that came through the link end, and with a setting all of the user's. */
    END_SESSIONS,
    /** Its sessions end, and it lets nobody in until the person has proven the account in another way. */
    SUSPEND_LINK,
    /** Its sessions end, and the link is gone, unless nothing else opens the account. */
    UNLINK,
    /** Its sessions end, and the person has to choose a new password at the next login. */
    REQUIRE_ACTION,
    /** All sessions end, and nobody signs in as this user any more. */
    DISABLE_USER,
    /** Its sessions end, and an administrator is asked whether the user is to be deleted. */
    REQUEST_DELETION;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<SignalAction> byId(String id) {
        return Arrays.stream(values()).filter(action -> action.id().equals(id)).findFirst();
    }

    /** Where nobody has said anything else: what a false alarm does no lasting harm by. */
    public static SignalAction usual(NeutralEvent event) {
        return switch (event) {
            case SESSIONS_REVOKED, APP_DEAUTHORISED -> END_SESSIONS;
            case CREDENTIALS_COMPROMISED, ACCOUNT_DISABLED -> SUSPEND_LINK;
            case ACCOUNT_ENABLED -> RESUME_LINK;
            case ACCOUNT_DELETED -> UNLINK;
            case DATA_DELETION_REQUESTED -> REQUEST_DELETION;
            case EMAIL_CHANGED, EMAIL_RELAY_STOPPED -> MARK_ADDRESS;
            case SUBJECT_CHANGED, VERIFICATION -> RECORD;
        };
    }

    public boolean endsSessions() {
        return ordinal() >= END_SESSIONS.ordinal();
    }
}
