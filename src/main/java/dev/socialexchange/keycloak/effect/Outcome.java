package dev.socialexchange.keycloak.effect;

import java.util.Locale;

/** What was done about a signal: constants for events and meters. */
public enum Outcome {
    /** Nobody here has this account. */
    UNKNOWN,
    IGNORED,
    RECORDED,
    /** The provider's mode says that nothing is done. */
    AUDITED,
    /** Whoever administers anything is for another administrator to look after. */
    PROTECTED,
    /** What was to be done belongs to the user's directory; the link is suspended in its place. */
    LEFT_TO_DIRECTORY,
    /** The account was said to be in order later than this. */
    OUTDATED,
    SESSIONS_ENDED,
    LINK_SUSPENDED,
    /** Of a link that was suspended: only the provider or an administrator opens the account again. */
    NO_OTHER_WAY_IN,
    LINK_RESUMED,
    LINK_REMOVED,
    /** The link is all that opens the account, and no mail would get its owner back in. */
    LINK_KEPT_AS_LAST_WAY_IN,
    /** Mail to the user's address does not arrive. */
    ADDRESS_STOPPED,
    /** Mail to the user's address arrives again. */
    ADDRESS_RESUMED,
    ACTION_REQUIRED,
    USER_DISABLED,
    DELETION_REQUESTED,
    /** The user's storage does not let anything be written. */
    USER_READ_ONLY;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
