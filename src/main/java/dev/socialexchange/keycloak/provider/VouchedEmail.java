package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An address and whether the provider vouches for it. Both always come from the same document: the flag of one address
 * says nothing about another (CVE-2026-14781).
 */
record VouchedEmail(String address, boolean vouched) {

    /** @param extracted the address as the type's browser login takes it from the profile, {@code null} for none */
    static VouchedEmail of(ExchangeIdentityProvider provider, Evidence evidence, String extracted) {
        Descriptor descriptor = provider.descriptor();
        IdentityPointers identity = descriptor.identity();
        EmailTrust trust = new ExchangeSettings(provider.getConfig().getConfig())
                .emailTrust()
                .orElse(descriptor.emailTrust());
        VouchedEmail email = identity.emails() != null
                ? fromList(identity.emails(), evidence, extracted)
                : fromProfile(identity, evidence.document(), extracted);
        return new VouchedEmail(email.address, email.vouched && applies(trust, descriptor, evidence, email.address));
    }

    private static VouchedEmail fromProfile(IdentityPointers identity, JsonNode document, String extracted) {
        String named = identity.email().text(document).orElse(null);
        boolean sameAddress = extracted != null && extracted.equalsIgnoreCase(named);
        return new VouchedEmail(
                extracted,
                sameAddress
                        && (identity.emailVerified().flag(document)
                                || identity.emailConfirmed().text(document).isPresent()));
    }

    /** As Keycloak's browser login: the profile's address, else the primary one; the flag is that address's own. */
    private static VouchedEmail fromList(IdentityPointers.EmailList rule, Evidence evidence, String extracted) {
        Optional<JsonNode> entry = entries(evidence.further().get(rule.document()))
                .filter(candidate -> extracted == null
                        ? rule.primary().flag(candidate)
                        : rule.address().texts(candidate).anyMatch(extracted::equalsIgnoreCase))
                .findFirst();
        String address = extracted != null
                ? extracted
                : entry.flatMap(rule.address()::text).orElse(null);
        return new VouchedEmail(address, entry.map(rule.verified()::flag).orElse(false));
    }

    private static Stream<JsonNode> entries(JsonNode list) {
        return list == null ? Stream.empty() : StreamSupport.stream(list.spliterator(), false);
    }

    private static boolean applies(EmailTrust trust, Descriptor descriptor, Evidence evidence, String address) {
        return switch (trust) {
            case NEVER -> false;
            case CLAIM -> true;
            case AUTHORITATIVE_DOMAINS ->
                descriptor.authoritativeDomains().contains(BrokeredIdentities.domain(address))
                        || descriptor
                                .identity()
                                .hostedDomain()
                                .text(evidence.document())
                                .isPresent();
        };
    }
}
