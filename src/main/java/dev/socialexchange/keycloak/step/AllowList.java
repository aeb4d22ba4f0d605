package dev.socialexchange.keycloak.step;

import com.fasterxml.jackson.core.JsonPointer;
import dev.socialexchange.keycloak.descriptor.ClaimCondition;
import dev.socialexchange.keycloak.provider.EmailAddress;
import dev.socialexchange.keycloak.provider.ProviderFacts;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;

/**
 * Who may come in. Each condition that is configured must hold; without any, nobody may.
 *
 * @param addresses e-mail addresses and domains
 * @param hostedDomains organisations at the provider
 * @param claim {@code null} if none is required
 * @param claimValues any of which is enough; if there are none, the claim has to be there
 */
record AllowList(Set<String> addresses, Set<String> hostedDomains, String claim, Set<String> claimValues) {
    static final String ADDRESSES = "allowListAddresses";
    static final String HOSTED_DOMAINS = "allowListHostedDomains";
    static final String CLAIM = "allowListClaim";
    static final String CLAIM_VALUES = "allowListClaimValues";

    static AllowList of(Map<String, String> config) {
        String claim = config.getOrDefault(CLAIM, "").strip();
        return new AllowList(
                list(config, ADDRESSES),
                list(config, HOSTED_DOMAINS),
                claim.isEmpty() ? null : claim,
                list(config, CLAIM_VALUES));
    }

    private static Set<String> list(Map<String, String> config, String key) {
        return Stream.of(Constants.CFG_DELIMITER_PATTERN.split(config.getOrDefault(key, "")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Optional<String> refusal(ProviderFacts facts) {
        return refusal(facts.trustedEmail(), facts.hostedDomains(), facts::values);
    }

    /** Why somebody may not come in, as a constant for the event; empty if they may. */
    Optional<String> refusal(
            Optional<String> trustedEmail,
            Collection<String> organizations,
            Function<JsonPointer, ? extends Collection<String>> values) {
        if (addresses.isEmpty() && hostedDomains.isEmpty() && claim == null) {
            return Optional.of("list_empty");
        }
        if (!addresses.isEmpty() && trustedEmail.isEmpty()) {
            return Optional.of("email_missing_or_unverified");
        }
        if (!addresses.isEmpty()
                && trustedEmail.flatMap(EmailAddress::parse).filter(this::lists).isEmpty()) {
            return Optional.of("email_not_listed");
        }
        if (!hostedDomains.isEmpty() && organizations.stream().noneMatch(this::listsOrganization)) {
            return Optional.of(organizations.isEmpty() ? "hosted_domain_missing" : "hosted_domain_not_listed");
        }
        return claim == null ? Optional.empty() : claimRefusal(values);
    }

    private Optional<String> claimRefusal(Function<JsonPointer, ? extends Collection<String>> values) {
        Collection<String> found;
        try {
            found = values.apply(ClaimCondition.place(claim));
        } catch (IllegalArgumentException noPointer) {
            return Optional.of("claim_name_invalid");
        }
        if (found.isEmpty()) {
            return Optional.of("claim_missing");
        }
        return claimValues.isEmpty() || found.stream().anyMatch(claimValues::contains)
                ? Optional.empty()
                : Optional.of("claim_not_listed");
    }

    private boolean lists(EmailAddress address) {
        return addresses.stream()
                .anyMatch(entry -> entry.indexOf('@') > 0
                        ? EmailAddress.parse(entry).filter(address::equals).isPresent()
                        : EmailAddress.domain(entry.startsWith("@") ? entry.substring(1) : entry)
                                .filter(address.domain()::equals)
                                .isPresent());
    }

    private boolean listsOrganization(String organization) {
        return hostedDomains.stream().anyMatch(entry -> EmailAddress.same(entry, organization));
    }
}
