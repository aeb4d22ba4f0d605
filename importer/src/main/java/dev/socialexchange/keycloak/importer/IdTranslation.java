package dev.socialexchange.keycloak.importer;

/** What became of an id. */
sealed interface IdTranslation {

    /** @param userId by which an identity provider with this alias finds the person */
    record Known(String alias, String userId) implements IdTranslation {}

    /**
     * A person whose account cannot be told by what the source has kept.
     *
     * @param reason a code of the report
     */
    record Lost(String alias, String reason) implements IdTranslation {}

    /** No account of a provider, but a password or a phone number. */
    record Nothing() implements IdTranslation {}
}
