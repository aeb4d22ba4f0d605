package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.doctor.Step.Verdict;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.telemetry.Lately;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** All providers of a realm whose tokens can be exchanged, or could be if they were set up for it. */
record ProviderList(KeycloakSession session, RealmModel realm) {
    private static final Set<Verdict> WORTH_TELLING = Set.of(Verdict.WARNING, Verdict.REFUSED);

    List<Listed> all(Phrases phrases) {
        Checkup checkup = new Checkup(session, realm);
        return models().stream()
                .map(model -> listed(checkup.patient(model), checkup.of(model), phrases))
                .toList();
    }

    /** Of the enabled ones, by their aliases. */
    Map<String, ExchangeIdentityProvider> enabled() {
        Checkup checkup = new Checkup(session, realm);
        Map<String, ExchangeIdentityProvider> enabled = new LinkedHashMap<>();
        models().stream().filter(IdentityProviderModel::isEnabled).forEach(model -> checkup.provider(model)
                .ifPresent(provider -> enabled.put(model.getAlias(), provider)));
        return enabled;
    }

    private List<IdentityProviderModel> models() {
        return session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .toList();
    }

    private Listed listed(Patient patient, Check check, Phrases phrases) {
        IdentityProviderModel model = patient.model();
        Lately lately = session.getProvider(Recorder.class).lately(realm.getId(), model.getAlias());
        return new Listed(
                model.getAlias(),
                model.getProviderId(),
                KeycloakModelUtils.getIdentityProviderDisplayName(session, model),
                model.isEnabled(),
                ExchangeIdentityProviders.isOpen(model) && patient.usable().isPresent(),
                patient.settings().clients(),
                patient.usable().map(this::kinds).orElse(List.of()),
                patient.usable().map(ProviderList::proof).orElse(Listed.Proof.NONE),
                check.settings().stream()
                        .filter(finding -> WORTH_TELLING.contains(finding.verdict()))
                        .map(finding -> finding.in(phrases))
                        .toList(),
                lately.lastSuccess() == 0 ? null : lately.lastSuccess(),
                lately.refusals(),
                new DriftMemory(session).of(realm, model.getAlias()).orElse(null));
    }

    private List<String> kinds(ExchangeIdentityProvider provider) {
        return TokenKind.ids(new Prover(new KeycloakSurroundings(session), provider).accepted());
    }

    private static Listed.Proof proof(ExchangeIdentityProvider provider) {
        return provider.descriptor()
                .accessToken()
                .filter(AccessTokenRules::bindable)
                .map(rules -> rules.binding()
                        .map(binding -> binding instanceof Binding.Decoded ? Listed.Proof.DECODED : Listed.Proof.CALL)
                        .orElse(Listed.Proof.JWT))
                .orElse(Listed.Proof.NONE);
    }
}
