package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an identity stands in the profile, or in the id token's claims.
 *
 * @param idPrefix where an id is unique only together with something else
 * @param emailConfirmed for providers without a flag: something that is there only if the address is verified
 * @param emails for providers that list the addresses in a document of their own
 * @param hostedDomain the organisation that the account belongs to at the provider
 * @param idText stands in front of the id as it is, where Keycloak's own type of this provider has put it there
 */
public record IdentityPointers(
        Pointers idPrefix,
        Pointers id,
        Pointers username,
        Pointers email,
        Pointers emailVerified,
        Pointers emailConfirmed,
        Pointers name,
        Pointers givenName,
        Pointers familyName,
        Pointers hostedDomain,
        EmailList emails,
        String idText) {

    public IdentityPointers {
        idPrefix = Objects.requireNonNullElse(idPrefix, Pointers.NONE);
        Objects.requireNonNull(id, "identity id");
        username = Objects.requireNonNullElse(username, Pointers.NONE);
        email = Objects.requireNonNullElse(email, Pointers.NONE);
        emailVerified = Objects.requireNonNullElse(emailVerified, Pointers.NONE);
        emailConfirmed = Objects.requireNonNullElse(emailConfirmed, Pointers.NONE);
        name = Objects.requireNonNullElse(name, Pointers.NONE);
        givenName = Objects.requireNonNullElse(givenName, Pointers.NONE);
        familyName = Objects.requireNonNullElse(familyName, Pointers.NONE);
        hostedDomain = Objects.requireNonNullElse(hostedDomain, Pointers.NONE);
        idText = Objects.requireNonNullElse(idText, "");
    }

    /** With ids as the provider has them. */
    IdentityPointers(
            Pointers idPrefix,
            Pointers id,
            Pointers username,
            Pointers email,
            Pointers emailVerified,
            Pointers emailConfirmed,
            Pointers name,
            Pointers givenName,
            Pointers familyName,
            Pointers hostedDomain,
            EmailList emails) {
        this(
                idPrefix,
                id,
                username,
                email,
                emailVerified,
                emailConfirmed,
                name,
                givenName,
                familyName,
                hostedDomain,
                emails,
                null);
    }

    /** The person's immutable id at the provider; empty if any part of it is missing. */
    public Optional<String> subject(JsonNode document) {
        return idPrefix.all().isEmpty()
                ? id.text(document).map(own -> idText + own)
                : idPrefix.text(document).flatMap(prefix -> id.text(document).map(own -> prefix + '_' + own));
    }

    /** A further document that is a list of addresses, each with its own flags. */
    public record EmailList(String document, Pointers address, Pointers primary, Pointers verified) {}
}
