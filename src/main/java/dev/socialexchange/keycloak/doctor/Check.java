package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.login.BrowserSteps;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.utils.StringUtil;

/** Looks at how a provider is set up, first here, and then there; nobody's token is needed. */
final class Check {
    private final Patient patient;
    private final Surroundings surroundings;
    private final Function<AuthenticationFlowModel, BrowserSteps> flows;

    Check(Patient patient, Surroundings surroundings, Function<AuthenticationFlowModel, BrowserSteps> flows) {
        this.patient = patient;
        this.surroundings = surroundings;
        this.flows = flows;
    }

    /** What this realm's settings show, without a call. */
    List<Finding> settings() {
        List<Finding> findings = new ArrayList<>(new OpennessCheck(patient, surroundings).findings());
        patient.usable()
                .ifPresent(
                        provider -> findings.addAll(new RegistrationCheck(patient, provider, surroundings).findings()));
        findings.addAll(new FlowCheck(patient, flows).findings());
        return findings;
    }

    /**
     * All of it.
     *
     * @param settings what {@link #settings} has found, after which the calls need nothing of this realm any more
     * @param turns of this node
     */
    List<Finding> findings(List<Finding> settings, HostTurns turns) {
        List<Finding> findings = new ArrayList<>(settings);
        patient.usable().ifPresent(provider -> findings.addAll(there(provider, turns)));
        boolean told = findings.stream().anyMatch(finding -> isRedirectUri(finding, Step.Verdict.REFUSED));
        // what the provider says stands in the place of what nobody can tell
        findings.removeIf(finding -> told && isRedirectUri(finding, Step.Verdict.SKIPPED));
        return findings;
    }

    private static boolean isRedirectUri(Finding finding, Step.Verdict verdict) {
        return finding.name().equals("redirect_uri") && finding.is(verdict);
    }

    private List<Finding> there(ExchangeIdentityProvider provider, HostTurns turns) {
        CheckCalls calls =
                new CheckCalls(surroundings.calls(), provider.settings().timeout(), turns);
        ReachCheck reach = new ReachCheck(calls);
        List<Finding> findings = new ArrayList<>(reach.findings(Destinations.of(provider)));
        findings.addAll(new PublicationCheck(provider, calls, reach::isUnreachable).findings());
        if (StringUtil.isNotBlank(provider.getConfig().getClientId())) {
            findings.addAll(
                    new CredentialCheck(patient, provider, surroundings, calls, reach::isUnreachable).findings());
        }
        return findings;
    }
}
