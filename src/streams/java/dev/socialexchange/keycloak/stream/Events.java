package dev.socialexchange.keycloak.stream;

import java.util.List;

/** Types of events, by their URIs. What is asked for by default is what realms know what to do about. */
final class Events {
    private static final String BASE = "https://schemas.openid.net/secevent/";

    /** Google drops what it does not know without a word, so that no more is asked for than its documentation has (2026-05). */
    static final List<String> OF_GOOGLE = List.of(
            BASE + "risc/event-type/sessions-revoked",
            BASE + "oauth/event-type/tokens-revoked",
            BASE + "risc/event-type/account-disabled",
            BASE + "risc/event-type/account-enabled",
            BASE + "risc/event-type/account-credential-change-required",
            BASE + "risc/event-type/verification");

    static final List<String> OF_SHARED_SIGNALS = List.of(
            BASE + "caep/event-type/session-revoked",
            BASE + "risc/event-type/sessions-revoked",
            BASE + "risc/event-type/account-disabled",
            BASE + "risc/event-type/account-enabled",
            BASE + "risc/event-type/account-purged",
            BASE + "risc/event-type/account-credential-change-required",
            BASE + "risc/event-type/credential-compromise");

    private Events() {}

    /** @param name a URI, or what stands behind {@value #BASE} in one, such as {@code risc/account-disabled} */
    static String uri(String name) {
        if (name.contains("://")) {
            return name;
        }
        if (!name.matches("[a-z]+/[a-z-]+")) {
            throw StreamFailure.usage("--events has names such as risc/account-disabled, or whole URIs");
        }
        return BASE + name.replace("/", "/event-type/");
    }
}
