package dev.socialexchange.keycloak;

import java.util.function.Supplier;

/**
 * What a request looks at, in order, for an administrator who wants to know why it ends as it does. Real requests keep none, and
 * pay for none: values are asked for only where somebody reads them. Never a secret, a token or a code.
 */
public interface Journal {

    Journal NONE = new Journal() {
        @Override
        public void look(Look at, Supplier<?> expected, Supplier<?> found) {
            // nobody reads it
        }

        @Override
        public void called(String host, String outcome, long nanos) {
            // nobody reads it
        }
    };

    /**
     * What follows, up to the next look, decides about this; a refusal is of the last one.
     *
     * @param expected by the settings, for people to read; {@code null} where there is nothing to say
     * @param found in what was sent, or answered; {@code null} where there is nothing to say
     */
    void look(Look at, Supplier<?> expected, Supplier<?> found);

    default void look(Look at) {
        look(at, () -> null, () -> null);
    }

    /**
     * A provider was called on behalf of the last look; from any thread.
     *
     * @param outcome as {@code Recorder.called} has it
     */
    void called(String host, String outcome, long nanos);
}
