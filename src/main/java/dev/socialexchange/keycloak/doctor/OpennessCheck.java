package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.util.Booleans;

/** Whether an exchange may begin at all: for whom the provider is open, and with what. */
record OpennessCheck(Patient patient, Surroundings surroundings) {

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                patient.model().isEnabled()
                        ? Finding.ok("enabled")
                        : Finding.refused("enabled", "disabled").setting("enabled"));
        findings.add(type());
        if (patient.provider().isEmpty() && patient.failure().isEmpty()) {
            return findings; // for whom it would be open does not matter
        }
        findings.add(open());
        if (!clients().isEmpty()) {
            findings.add(listedClients());
        }
        if (Booleans.isTrue(patient.model().isLinkOnly())) {
            findings.add(Finding.warning("link_only", "on").setting("linkOnly"));
        }
        patient.usable().map(this::kinds).ifPresent(findings::add);
        if (patient.settings().unbound()) {
            findings.add(Finding.warning("unbound", "on").setting(ExchangeSettings.UNBOUND));
        }
        return findings;
    }

    private Finding type() {
        Finding ok = Finding.ok("provider_type").found(patient.model().getProviderId());
        if (patient.failure().isPresent()) {
            Patient.Failure failure = patient.failure().get();
            return Finding.refused("provider_type", failure.matter()).found(failure.found());
        }
        if (patient.provider().isEmpty()) {
            return Finding.refused("provider_type", "cannot_exchange").found(ok.found());
        }
        return patient.usable().isEmpty()
                ? Finding.refused("provider_type", "descriptor_unusable").found(ok.found())
                : ok;
    }

    private Finding open() {
        return clients().isEmpty()
                ? Finding.refused("open", "closed").setting(ExchangeSettings.CLIENTS)
                : Finding.ok("open").found(String.join(", ", clients()));
    }

    private Finding listedClients() {
        Set<String> missing = clients().stream()
                .filter(id -> patient.realm().getClientByClientId(id) == null)
                .collect(Collectors.toSet());
        if (!missing.isEmpty()) {
            Finding finding = missing.size() == clients().size()
                    ? Finding.refused("clients", "missing")
                    : Finding.warning("clients", "missing");
            return finding.found(sorted(missing)).setting(ExchangeSettings.CLIENTS);
        }
        Set<String> disabled = clients().stream()
                .map(patient.realm()::getClientByClientId)
                .filter(client -> !client.isEnabled())
                .map(ClientModel::getClientId)
                .collect(Collectors.toSet());
        return disabled.isEmpty()
                ? Finding.ok("clients")
                : Finding.warning("clients", "disabled").found(sorted(disabled)).setting(ExchangeSettings.CLIENTS);
    }

    private Finding kinds(ExchangeIdentityProvider provider) {
        Set<TokenKind> accepted = new Prover(surroundings, provider).accepted();
        String found = String.join(", ", TokenKind.ids(accepted));
        return (accepted.isEmpty() ? Finding.refused("token_kinds", "none") : Finding.ok("token_kinds"))
                .found(found)
                .setting(ExchangeSettings.TOKEN_TYPES);
    }

    private Set<String> clients() {
        return patient.settings().clients();
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
