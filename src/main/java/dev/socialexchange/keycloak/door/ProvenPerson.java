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
import dev.socialexchange.keycloak.throttle.Throttling;
import java.util.Locale;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Whom a subject token is about. The token may be used again unless something has come of it when this is closed. */
public final class ProvenPerson implements AutoCloseable {
    private final KeycloakSession session;
    private final Proof proof;
    private final BrokeredPerson person;
    private boolean used;

    ProvenPerson(KeycloakSession session, Proof proof, BrokeredPerson person) {
        this.session = session;
        this.proof = proof;
        this.person = person;
    }

    /** @throws ExchangeException if the token does not prove it */
    public static ProvenPerson of(
            KeycloakSession session,
            EventBuilder event,
            Throttling throttling,
            ExchangeIdentityProvider provider,
            Submission submission) {
        RequestConnection.release(session); // the provider may take its time
        String alias = provider.getConfig().getAlias();
        Prover prover = new Prover(new KeycloakSurroundings(session, throttling.calls(provider)), provider);
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
                proof.storedTokens());
        return new ProvenPerson(session, proof, person);
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

    /**
     * Something is about to come of the token; just before that is committed.
     *
     * @throws ExchangeException if nobody can tell any more that it comes of it once
     */
    public void keep() {
        proof.singleUse().keep();
    }

    /** Something has come of the token, unless the request itself cannot be committed: nobody gets its answer then. */
    public void use() {
        used = true;
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                // the answer is on its way
            }

            @Override
            protected void rollbackImpl() {
                proof.singleUse().release();
            }
        });
    }

    @Override
    public void close() {
        if (!used) {
            proof.singleUse().release();
        }
    }
}
