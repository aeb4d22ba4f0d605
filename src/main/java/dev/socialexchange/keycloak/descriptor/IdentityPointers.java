package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Where an identity stands in a document about a person. */
public record IdentityPointers(
        @Unwrapped Id id, @Unwrapped Username username, @Unwrapped Mail mail, @Unwrapped Names names) {

    /** The person's immutable id at the provider; empty if any part of it is missing. */
    public Optional<String> subject(JsonNode document) {
        return id.subject(document);
    }

    /**
     * What a person is found by.
     *
     * @param prefix where an id is unique only together with something else
     * @param text stands in front of the id as it is, where Keycloak's own type of this provider has put it there
     * @param former another id of the same person, by which this type has linked people before: they are found by it, and
     *     linked by {@code own} from then on
     * @param moved where an id stands by which a person may have been announced who came by another id before, since the app was
     *     another team's
     * @param scope the scope without which a token lacks the id; empty if it never does
     */
    public record Id(
            @Key(
                            name = "idPrefix",
                            value =
                                    "Where what makes an id unique stands, if it is so only together with something else")
                    Pointers prefix,
            @Key(
                            name = "id",
                            value =
                                    "The immutable user id. With id_tokens and a profile it has one place in each: an id_token may carry more claims than you know of",
                            required = true)
                    Pointers own,
            @Key(name = "idText", value = "What stands before every id here", otherwise = "\"\"") String text,
            @Key(
                            name = "formerId",
                            value =
                                    "Another id of the same person, by which accounts may be linked here: such a link is found, and goes by id from then on")
                    Pointers former,
            @Key(
                            name = "movedId",
                            value =
                                    "Where a provider whose ids change with the app's owner names the person by the id of the transfer: a link that the administrator has announced by it is found, and goes by id from then on")
                    Pointers moved,
            @Key(name = "idScope", value = "The scope without which a token lacks the id; a refusal names it")
                    Optional<String> scope) {

        /** A single place, and nothing about it. */
        public static Id at(Pointers own) {
            return new Id(Pointers.NONE, own, "", Pointers.NONE, Pointers.NONE, Optional.empty());
        }

        Optional<String> subject(JsonNode document) {
            return prefix.isEmpty()
                    ? own.name(document).map(found -> text + found)
                    : prefix.name(document).flatMap(before -> own.name(document).map(found -> before + '_' + found));
        }
    }

    /**
     * What people call themselves there.
     *
     * @param document a further document that has it where the profile lacks it, at the same place; for providers that tell
     *     it with a scope of its own only
     */
    public record Username(
            @Key(name = "username", value = "Where the username stands") Pointers place,
            @Key(
                            name = "usernameDocument",
                            value =
                                    "One of accessToken.further that has the username at the same place, where the profile has none")
                    Optional<String> document) {}

    /**
     * The address, and what vouches for it.
     *
     * @param confirmed for providers without a flag: something that is there only if the address is verified
     * @param hostedDomain the organisation that the account belongs to at the provider
     * @param mailbox the name of the account's own mailbox at the authoritative domains: an address of that name there is the
     *     account's without any flag
     */
    public record Mail(
            @Key(name = "email", value = "Where the address stands") Pointers address,
            @Key(name = "emailVerified", value = "Where the flag stands that says that the address is verified")
                    Pointers verified,
            @Key(
                            name = "emailConfirmed",
                            value =
                                    "For providers without a flag: something that is there only if the address is verified")
                    Pointers confirmed,
            @Key("Where the organisation's domain stands") Pointers hostedDomain,
            @Key(
                            "The name of the account's own mailbox at the authoritativeDomains: an address of that name there counts without a flag")
                    Pointers mailbox) {

        /** An address with its flag. */
        public static Mail at(Pointers address, Pointers verified) {
            return new Mail(address, verified, Pointers.NONE, Pointers.NONE, Pointers.NONE);
        }

        public boolean hasFlag() {
            return !verified.isEmpty() || !confirmed.isEmpty();
        }
    }

    /** What people are called. */
    public record Names(
            @Key(name = "name", value = "Where the whole name stands") Pointers whole,
            @Key(name = "givenName", value = "Where the given name stands") Pointers given,
            @Key(name = "familyName", value = "Where the family name stands") Pointers family) {

        public boolean isEmpty() {
            return whole.isEmpty() && given.isEmpty() && family.isEmpty();
        }
    }
}
