package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an identity stands in the profile, or in signed data.
 *
 * @param idPrefix where an id is unique only together with something else
 * @param emailConfirmed for providers without a flag: something that is there only if the address is verified
 * @param emails for providers that list the addresses in a document of their own
 * @param hostedDomain the organisation that the account belongs to at the provider
 * @param idText stands in front of the id as it is, where Keycloak's own type of this provider has put it there
 * @param idToken where it stands in an id token's claims, all of it; {@code null} if that is where it stands in the profile
 * @param formerId another id of the same person, by which this type has linked people before: they are found by it, and
 *     linked by {@code id} from then on
 * @param mailbox the name of the account's own mailbox at the authoritative domains: an address of that name there is the
 *     account's without any flag
 * @param usernameDocument a further document that has the username where the profile lacks it, at the same place; for
 *     providers that tell it with a scope of its own only
 * @param idScope the scope without which a token lacks the id; {@code null} if it never does
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
        String idText,
        IdentityPointers idToken,
        Pointers formerId,
        String idScope,
        String usernameDocument,
        Pointers mailbox) {

    public IdentityPointers {
        idPrefix = Objects.requireNonNullElse(idPrefix, Pointers.NONE);
        Objects.requireNonNull(id, "id is missing: where the immutable user id stands");
        username = Objects.requireNonNullElse(username, Pointers.NONE);
        email = Objects.requireNonNullElse(email, Pointers.NONE);
        emailVerified = Objects.requireNonNullElse(emailVerified, Pointers.NONE);
        emailConfirmed = Objects.requireNonNullElse(emailConfirmed, Pointers.NONE);
        name = Objects.requireNonNullElse(name, Pointers.NONE);
        givenName = Objects.requireNonNullElse(givenName, Pointers.NONE);
        familyName = Objects.requireNonNullElse(familyName, Pointers.NONE);
        hostedDomain = Objects.requireNonNullElse(hostedDomain, Pointers.NONE);
        idText = Objects.requireNonNullElse(idText, "");
        formerId = Objects.requireNonNullElse(formerId, Pointers.NONE);
        mailbox = Objects.requireNonNullElse(mailbox, Pointers.NONE);
        if (idToken != null && (idToken.idToken != null || idToken.emails != null)) {
            throw new IllegalArgumentException("an id token has claims, and neither a token nor documents beside it");
        }
    }

    /** The places for this kind of document: what another kind may carry under the same names is not the same. */
    public IdentityPointers in(Evidence evidence) {
        return evidence.ofIdToken() ? inIdToken() : this;
    }

    /** The places in an id token's claims. */
    public IdentityPointers inIdToken() {
        return idToken == null ? this : idToken;
    }

    /** The places that an admin can enter in the console; each but the id may be {@code null}. */
    static IdentityPointers entered(
            Pointers id,
            Pointers username,
            Pointers email,
            Pointers emailVerified,
            Pointers name,
            Pointers givenName,
            Pointers familyName) {
        return new IdentityPointers(
                null,
                id,
                username,
                email,
                emailVerified,
                null,
                name,
                givenName,
                familyName,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** The person's immutable id at the provider; empty if any part of it is missing. */
    public Optional<String> subject(JsonNode document) {
        return idPrefix.all().isEmpty()
                ? id.name(document).map(own -> idText + own)
                : idPrefix.name(document).flatMap(prefix -> id.name(document).map(own -> prefix + '_' + own));
    }

    /**
     * A further document that lists addresses, each with its own flags.
     *
     * @param list where in the document, if it is not the list itself
     * @param primary of an entry whose address counts where the profile has none; {@code null} where Keycloak's own type takes
     *     another entry, and says so when it extracts the identity
     */
    public record EmailList(String document, String list, Pointers address, Pointers primary, Pointers verified) {

        public EmailList {
            list = Objects.requireNonNullElse(list, "");
            primary = Objects.requireNonNullElse(primary, Pointers.NONE);
            JsonPointer.compile(list);
        }
    }
}
