package dev.socialexchange.keycloak.signal;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What somebody has sent to one of our addresses.
 *
 * @param headers by name in lower case, those alone that came once
 * @param body byte for byte
 */
public record SignalRequest(Map<String, String> headers, byte[] body) {
    /** Slack and GitHub send more than others, and none of them nearly as much. */
    public static final int MAX_BODY = 64 * 1024;

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A record would print the body's address, and nothing else is anybody's. */
    @Override
    public String toString() {
        return body.length + " bytes";
    }
}
