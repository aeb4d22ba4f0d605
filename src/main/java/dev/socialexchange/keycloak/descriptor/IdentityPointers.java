package dev.socialexchange.keycloak.descriptor;

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
        @Key("Where what makes an id unique stands, if it is so only together with something else") Pointers idPrefix,
        @Key(
                        value =
                                "The immutable user id. With id_tokens and a profile it has one place in each: an id_token may carry more claims than you know of",
                        required = true)
                Pointers id,
        @Key("Where the username stands") Pointers username,
        @Key("Where the address stands") Pointers email,
        @Key("Where the flag stands that says that the address is verified") Pointers emailVerified,
        @Key("For providers without a flag: something that is there only if the address is verified")
                Pointers emailConfirmed,
        @Key("Where the whole name stands") Pointers name,
        @Key("Where the given name stands") Pointers givenName,
        @Key("Where the family name stands") Pointers familyName,
        @Key("Where the organisation's domain stands") Pointers hostedDomain,
        @Key("A document that lists addresses, each with its own flags") EmailList emails,
        @Key("What stands before every id here") String idText,
        @Key(
                        "The same keys, where all of it stands in an id_token's claims, if that is not where it stands in the profile")
                IdentityPointers idToken,
        @Key(
                        "Another id of the same person, by which accounts may be linked here: such a link is found, and goes by id from then on")
                Pointers formerId,
        @Key("The scope without which a token lacks the id; a refusal names it") String idScope,
        @Key("One of accessToken.further that has the username at the same place, where the profile has none")
                String usernameDocument,
        @Key(
                        "The name of the account's own mailbox at the authoritativeDomains: an address of that name there counts without a flag")
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

    /** The places in an id token's claims. */
    public IdentityPointers inIdToken() {
        return idToken == null ? this : idToken;
    }

    /** The places that an admin can enter in the console; each but the id may be {@code null}. */
    public static IdentityPointers entered(
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
    public record EmailList(
            @Key(value = "One of accessToken.further", required = true) String document,
            @Key("Where in the document the list stands, if the document is not the list itself") String list,
            @Key(value = "Where in an entry the address stands", required = true) Pointers address,
            @Key("Where in an entry stands that it is the one that counts") Pointers primary,
            @Key(value = "Where in an entry its flag stands", required = true) Pointers verified) {

        public EmailList {
            list = Objects.requireNonNullElse(list, "");
            primary = Objects.requireNonNullElse(primary, Pointers.NONE);
            JsonPointer.compile(list);
        }
    }
}
