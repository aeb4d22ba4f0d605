package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where who somebody is stands.
 *
 * @param profile in the profile, or in signed data
 * @param emails for providers that list the addresses in a document of their own
 * @param idToken where it stands in an id token's claims, all of it; empty if that is where it stands in the profile
 */
public record Identity(
        @Unwrapped IdentityPointers profile,
        @Key("A document that lists addresses, each with its own flags") Optional<EmailList> emails,
        @Key(
                        "The same keys without emails, where all of it stands in an id_token's claims, if that is not where it stands in the profile")
                Optional<IdentityPointers> idToken) {

    /** The places in an id token's claims. */
    public IdentityPointers inIdToken() {
        return idToken.orElse(profile);
    }

    /** Whether the provider's ids change with the app's owner. */
    public boolean tellsMoves() {
        return anywhere().anyMatch(places -> !places.id().moved().isEmpty());
    }

    /** All sets of places that there are. */
    Stream<IdentityPointers> anywhere() {
        return Stream.of(profile, inIdToken());
    }

    /**
     * A further document that lists addresses, each with its own flags.
     *
     * @param list where in the document, if it is not the list itself
     * @param primary of an entry whose address counts where the profile has none; none where Keycloak's own type takes
     *     another entry, and says so when it extracts the identity
     */
    public record EmailList(
            @Key(value = "One of accessToken.further", required = true) String document,
            @Key(
                            value = "Where in the document the list stands, if the document is not the list itself",
                            otherwise = "\"\"")
                    String list,
            @Key(value = "Where in an entry the address stands", required = true) Pointers address,
            @Key("Where in an entry stands that it is the one that counts") Pointers primary,
            @Key(value = "Where in an entry its flag stands", required = true) Pointers verified) {

        public EmailList {
            JsonPointer.compile(list);
        }
    }
}
