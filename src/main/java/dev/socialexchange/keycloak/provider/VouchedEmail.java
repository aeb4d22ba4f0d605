package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.descriptor.Pointers;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An address and whether the provider vouches for it. Both always come from the same document: the flag of one address
 * says nothing about another (CVE-2026-14781).
 */
record VouchedEmail(String address, boolean vouched) {
    private static final int LAST_ASCII = 127;

    /** @param taken the address as the type's browser login takes it from the profile, {@code null} for none */
    static VouchedEmail of(ExchangeIdentityProvider provider, Evidence evidence, String taken) {
        String extracted = taken == null || taken.isBlank() ? null : taken;
        Descriptor descriptor = provider.descriptor();
        IdentityPointers.Mail places = evidence.placesIn(descriptor).mail();
        ExchangeSettings settings = new ExchangeSettings(provider.getConfig().getConfig());
        // what keeps other apps' tokens out is the person's id; by its address such a token would get in
        boolean onlyTheIdProtects = descriptor.vouching().pairwise() && settings.takesTokensOfAnyApp(descriptor);
        EmailTrust trust = onlyTheIdProtects
                ? EmailTrust.NEVER
                : settings.emailTrust().orElse(descriptor.vouching().emailTrust());
        VouchedEmail email = evidence.emailsBeside(descriptor)
                .map(list -> fromList(list, evidence, extracted))
                .orElseGet(() -> fromProfile(places, evidence.document(), extracted));
        boolean vouched = email.address != null // an entry of a list may have its flags and nothing else
                && keepsItsLetters(email.address)
                && (email.vouched && applies(trust, descriptor, places.hostedDomain(), evidence, email.address)
                        || trust == EmailTrust.AUTHORITATIVE_DOMAINS
                                && isOwnMailbox(descriptor, places, evidence.document(), email.address));
        return new VouchedEmail(email.address, vouched);
    }

    /** At a domain of the provider's own, by the name that the account has there. Another name there may be anybody's. */
    private static boolean isOwnMailbox(
            Descriptor descriptor, IdentityPointers.Mail places, JsonNode document, String address) {
        String name = address.substring(0, Math.max(0, address.lastIndexOf('@')));
        return descriptor.vouching().authoritativeDomains().contains(BrokeredIdentities.domain(address))
                && places.address()
                        .name(document)
                        .filter(address::equalsIgnoreCase)
                        .isPresent()
                && places.mailbox()
                        .name(document)
                        .filter(name::equalsIgnoreCase)
                        .isPresent();
    }

    /** Keycloak stores addresses in lower case, where the Kelvin sign, say, becomes the k of somebody else's address. */
    private static boolean keepsItsLetters(String address) {
        return address.codePoints()
                .noneMatch(letter -> letter > LAST_ASCII && Character.toLowerCase(letter) <= LAST_ASCII);
    }

    private static VouchedEmail fromProfile(IdentityPointers.Mail places, JsonNode document, String extracted) {
        // Keycloak (26.7) strips what it takes from a profile, and not what it takes from an id token
        String named = places.address().name(document).map(String::strip).orElse(null);
        boolean sameAddress = extracted != null && extracted.equalsIgnoreCase(named);
        return new VouchedEmail(
                extracted,
                sameAddress
                        && (places.verified().flag(document)
                                || places.confirmed().name(document).isPresent()));
    }

    /** As Keycloak's browser login: the extracted address, else the primary one; the flag is that address's own. */
    private static VouchedEmail fromList(Identity.EmailList rule, Evidence evidence, String extracted) {
        Optional<JsonNode> entry = entries(evidence.further().get(rule.document()), rule.list())
                .filter(candidate -> extracted == null
                        ? rule.primary().flag(candidate)
                        : rule.address().texts(candidate).anyMatch(extracted::equalsIgnoreCase))
                .findFirst();
        String address = extracted != null
                ? extracted
                : entry.flatMap(rule.address()::text).orElse(null);
        return new VouchedEmail(address, entry.map(rule.verified()::flag).orElse(false));
    }

    private static Stream<JsonNode> entries(JsonNode document, String list) {
        return document == null
                ? Stream.empty()
                : StreamSupport.stream(document.at(list).spliterator(), false);
    }

    private static boolean applies(
            EmailTrust trust, Descriptor descriptor, Pointers hostedDomain, Evidence evidence, String address) {
        return switch (trust) {
            case NEVER -> false;
            case CLAIM -> true;
            case AUTHORITATIVE_DOMAINS ->
                descriptor.vouching().authoritativeDomains().contains(BrokeredIdentities.domain(address))
                        || hostedDomain.text(evidence.document()).isPresent();
        };
    }
}
