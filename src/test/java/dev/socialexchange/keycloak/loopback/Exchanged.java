package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.proof.Proof;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/**
 * What came of an exchange: a proven identity, or a refusal.
 *
 * @param identity {@code null} for none
 * @param proof {@code null} for none
 * @param refusal {@code null} for none
 */
public record Exchanged(BrokeredIdentityContext identity, Proof proof, ExchangeException refusal) {

    public boolean isProven() {
        return refusal == null;
    }

    /** {@code error_reason}, {@code null} if it was not refused. */
    public String reason() {
        return refusal == null ? null : refusal.error().reason();
    }

    /** As {@code reason} of the event; {@code null} if it was not refused. */
    public String event() {
        return refusal == null ? null : refusal.error().reason(refusal.detail());
    }

    /** What the front end is told in words. */
    public String description() {
        return refusal == null ? null : refusal.getMessage();
    }

    public Exchanged assertProven() {
        assertThat(event()).as(description()).isNull();
        assertThat(identity.getId()).isNotBlank();
        return this;
    }

    public Exchanged assertRefused(int status, String error, String reason) {
        assertThat(reason()).as(event()).isEqualTo(reason);
        assertThat(refusal.error().status()).isEqualTo(status);
        assertThat(refusal.error().error()).isEqualTo(error);
        assertThat(description()).isNotBlank();
        return this;
    }

    /** As a bad request, with what the event says of it. */
    public Exchanged assertRefused(String reason, String event) {
        assertRefused(400, "invalid_request", reason);
        assertThat(event()).isEqualTo(event);
        return this;
    }
}
