package dev.socialexchange.keycloak.door;

import java.io.IOException;
import java.io.InputStream;

/** What was posted, as far as it is worth reading. */
public final class PostedBody {
    /** A subject token, an access token and a user as long as they may be, each character escaped. */
    private static final int MAX = 128 * 1024;

    private PostedBody() {}

    /** @throws dev.socialexchange.keycloak.ExchangeException if it is too long, or breaks off */
    public static byte[] read(InputStream body) {
        try {
            byte[] read = body.readNBytes(MAX + 1);
            if (read.length > MAX) {
                throw SubmissionParameters.invalid("The body is too long");
            }
            return read;
        } catch (IOException brokenOff) {
            throw SubmissionParameters.invalid("The body breaks off");
        }
    }
}
