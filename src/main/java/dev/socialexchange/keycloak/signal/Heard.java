package dev.socialexchange.keycloak.signal;

/** What came of a request that is genuine. */
public sealed interface Heard permits Heard.Told, Heard.Asked, Heard.Late {

    /** Something about somebody, or about nobody. */
    record Told(Signal signal) implements Heard {}

    /**
     * Whether the address is ours.
     *
     * @param mediaType of the body
     * @param body empty for none
     */
    record Asked(int status, String mediaType, String body) implements Heard {}

    /** So long ago that nothing is done about it any more. */
    record Late(String type) implements Heard {}
}
