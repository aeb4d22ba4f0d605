package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.doctor.CheckCalls.Sent;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.proof.KeyTrial;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Whether what a provider publishes for everybody, its keys and its discovery document, is what is known of it here. */
record PublicationCheck(ExchangeIdentityProvider provider, CheckCalls calls, Predicate<URI> unreachable) {
    static final String KEYS = "keys";
    static final String DISCOVERY = "discovery";

    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json", "User-Agent", "social-exchange-keycloak");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        provider.descriptor()
                .idToken()
                .map(IdTokenRules::signature)
                .filter(signature -> signature.jwksUrl().isPresent())
                .map(signature -> keys(signature.jwksUrl().get(), signature.algorithms()))
                .ifPresent(findings::add);
        provider.descriptor().check().discovery().url().ifPresent(url -> findings.addAll(discovery(url)));
        return findings;
    }

    private Finding keys(String url, Set<String> accepted) {
        Optional<URI> address = address(url);
        if (address.isEmpty()) {
            return Finding.refused(KEYS, "no_address").found(url);
        }
        if (unreachable.test(address.get())) {
            return Finding.unknown(KEYS, "unreachable");
        }
        Sent sent = calls.send(new Call("GET", address.get(), HEADERS, null, true));
        return keys(sent.outcome(), accepted).calls(List.of(sent.made()));
    }

    private static Finding keys(Outcome outcome, Set<String> accepted) {
        if (!(outcome instanceof Outcome.Answer answer)) {
            return Finding.unknown(KEYS, "unreachable");
        }
        Optional<KeyTrial> trial = answer.status() == OK ? KeyTrial.of(answer, accepted) : Optional.empty();
        if (trial.isEmpty()) {
            return Finding.refused(KEYS, "no_key_set").found("HTTP " + answer.status());
        }
        String found = String.join(", ", trial.get().offered());
        return (trial.get().fitting().isEmpty() ? Finding.refused(KEYS, "none_fits") : Finding.ok(KEYS))
                .expected(String.join(", ", new TreeSet<>(accepted)))
                .found(found.isEmpty() ? null : found);
    }

    private List<Finding> discovery(String url) {
        Optional<URI> address = address(url);
        if (address.isEmpty() || unreachable.test(address.get())) {
            return List.of(Finding.unknown(DISCOVERY, "unreadable").found(url));
        }
        Sent sent = calls.send(new Call("GET", address.get(), HEADERS, null, true));
        return discovery(sent.outcome(), address.get()).stream()
                .map(finding -> finding.calls(List.of(sent.made())))
                .toList();
    }

    private List<Finding> discovery(Outcome outcome, URI address) {
        if (outcome instanceof Outcome.Answer answer && answer.status() == NOT_FOUND) {
            return List.of(Finding.note(DISCOVERY, "none").found(address.toString()));
        }
        Optional<Published> published = outcome instanceof Outcome.Answer answer && answer.status() == OK
                ? answer.json()
                        .map(document -> new Published(provider.descriptor(), provider.endpoints(), document))
                        .filter(Published::isOne)
                : Optional.empty();
        if (published.isEmpty()) {
            return List.of(Finding.unknown(DISCOVERY, "unreadable").found(address.toString()));
        }
        List<Finding> drift = published.get().differences().stream()
                .map(one -> Finding.warning(DISCOVERY, one.member())
                        .expected(one.expected())
                        .found(one.found()))
                .toList();
        return drift.isEmpty() ? List.of(Finding.ok(DISCOVERY).found(address.toString())) : drift;
    }

    private Optional<URI> address(String url) {
        try {
            URI uri = URI.create(provider.endpoints().rewrite(url));
            return Optional.of(uri).filter(one -> one.getHost() != null);
        } catch (IllegalArgumentException entered) {
            return Optional.empty();
        }
    }
}
