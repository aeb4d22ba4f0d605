package dev.socialexchange.keycloak.importer;

/** What a source keeps as the id of an account at a provider. */
enum IdRule {
    /** What the realm finds it by. */
    SAME,
    /** The subject, or an address, as the back end was set up; the subject stands in an id token that was kept. */
    SUB,
    /** A name, or a subject for one app alone; the object id stands in an id token that was kept. */
    OID,
    /** The user without the team, which stands beside it. */
    TEAM,
    /** Something that only the provider can tell the id to. */
    RESOLVE,
    /** No account of a provider. */
    NONE
}
