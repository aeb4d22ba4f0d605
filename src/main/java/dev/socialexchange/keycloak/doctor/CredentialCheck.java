package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.doctor.CheckCalls.Sent;
import dev.socialexchange.keycloak.doctor.Step.CallMade;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.proof.CredentialTrial;
import dev.socialexchange.keycloak.proof.CredentialTrial.Told;
import dev.socialexchange.keycloak.proof.CredentialTrial.Verdict;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether the provider knows our app by the secret that we hold. Right is only what the provider answers otherwise to a wrong
 * secret.
 */
record CredentialCheck(
        Patient patient,
        ExchangeIdentityProvider provider,
        Surroundings surroundings,
        CheckCalls calls,
        Predicate<URI> unreachable) {
    static final String NAME = "credentials";
    private static final String SECRET = "clientSecret";

    List<Finding> findings() {
        if (provider.leavesOutItsSecret()) {
            return List.of(Finding.note(NAME, "left_out"));
        }
        try {
            CredentialTrial trial = new CredentialTrial(surroundings, provider, patient.redirectUri());
            return trial.isPossible() ? tried(trial) : List.of(Finding.unknown(NAME, "untellable"));
        } catch (ExchangeException unusable) {
            return List.of(Finding.unknown(NAME, "not_set_up"));
        }
    }

    private List<Finding> tried(CredentialTrial trial) {
        Call question = trial.question();
        if (unreachable.test(question.uri())) {
            return List.of(Finding.unknown(NAME, "silent"));
        }
        List<CallMade> made = new ArrayList<>();
        Told ours = tell(trial, question, made);
        return switch (ours.verdict()) {
            case LET_IN -> List.of(Finding.ok(NAME).calls(made));
            case WRONG, UNKNOWN_CLIENT -> List.of(wrong(ours).calls(made));
            case SILENT ->
                List.of(Finding.unknown(NAME, "silent").found(word(ours)).calls(made));
            case RIGHT, REDIRECT_URI, UNTOLD -> compared(ours, tell(trial, trial.counterQuestion(), made), made);
        };
    }

    private Told tell(CredentialTrial trial, Call call, List<CallMade> made) {
        Sent sent = calls.send(call);
        made.add(sent.made());
        return trial.read(sent.outcome());
    }

    private List<Finding> compared(Told ours, Told ofWrongSecret, List<CallMade> made) {
        Set<Verdict> refusals = Set.of(Verdict.WRONG, Verdict.UNKNOWN_CLIENT);
        List<Finding> findings = new ArrayList<>();
        findings.add(
                refusals.contains(ofWrongSecret.verdict())
                        ? Finding.ok(NAME).found(word(ours)).calls(made)
                        : Finding.unknown(NAME, "untellable").found(word(ours)).calls(made));
        if (ours.verdict() == Verdict.REDIRECT_URI) {
            findings.add(Finding.refused("redirect_uri", "unregistered")
                    .expected(patient.redirectUri())
                    .found(word(ours)));
        }
        return findings;
    }

    /** Who takes id tokens alone never shows the secret: then a browser login fails only. */
    private Finding wrong(Told ours) {
        boolean client = ours.verdict() == Verdict.UNKNOWN_CLIENT;
        String matter = client ? "client_id" : provider.signsItsSecret() ? "signed" : "wrong";
        boolean needed = new Prover(surroundings, provider)
                .accepted().stream().anyMatch(kind -> kind != TokenKind.ID_TOKEN && kind != TokenKind.SIGNED_DATA);
        return (needed ? Finding.refused(NAME, matter) : Finding.warning(NAME, matter))
                .found(word(ours))
                .setting(client ? "clientId" : SECRET);
    }

    private static String word(Told told) {
        return told.word().orElse(null);
    }
}
