package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.login.BrokeredPerson;
import dev.socialexchange.keycloak.proof.IssuedNonces;
import dev.socialexchange.keycloak.proof.Proof;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.telemetry.Recorder;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.util.Locale;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** Whom a subject token is about. The token may be used again unless something has come of it when this is closed. */
public final class ProvenPerson implements AutoCloseable {
    private final Proof proof;
    private final BrokeredPerson person;
    private boolean used;

    private ProvenPerson(Proof proof, BrokeredPerson person) {
        this.proof = proof;
        this.person = person;
    }

    /** @throws ExchangeException if the token does not prove it */
    public static ProvenPerson of(
            KeycloakSession session, EventBuilder event, ExchangeIdentityProvider provider, Submission submission) {
        RequestConnection.release(session); // the provider may take its time
        String alias = provider.getConfig().getAlias();
        Prover prover = new Prover(new KeycloakSurroundings(session), provider);
        Telemetry telemetry = Telemetry.of(session);
        Proof proof = telemetry.spans().around("proof", () -> prove(prover, alias, submission, telemetry.recorder()));
        String method = proof.method().name().toLowerCase(Locale.ROOT);
        telemetry.recorder().proven(provider.type(), method);
        event.detail("proof", method);
        BrokeredPerson person = new BrokeredPerson(
                alias,
                other -> BrokeredIdentities.of(
                        other == session
                                ? provider
                                : ExchangeIdentityProviders.open(other, alias).orElseThrow(),
                        proof.evidence()),
                BrokeredIdentities::emailVouched,
                proof.storableToken());
        return new ProvenPerson(proof, person);
    }

    private static Proof prove(Prover prover, String alias, Submission submission, Recorder recorder) {
        try {
            return ForeignCode.request("provider " + alias, () -> prover.prove(submission));
        } catch (ExchangeException refused) {
            if (refused.error() == ExchangeError.TOKEN_REPLAYED) {
                recorder.usedBefore("token");
            } else if (IssuedNonces.USED.equals(refused.detail())) {
                recorder.usedBefore("nonce");
            }
            throw refused;
        }
    }

    public BrokeredPerson person() {
        return person;
    }

    /** Something has come of the token. */
    public void use() {
        used = true;
    }

    @Override
    public void close() {
        if (!used) {
            proof.singleUse().release();
        }
    }
}
