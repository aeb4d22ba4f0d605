package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keycloak's setting <em>Tenant ID</em>: whose accounts may sign in.
 *
 * @param name a tenant's GUID or domain, or one of Microsoft's own words for many of them
 */
record MicrosoftTenant(String name) {
    private static final String LOGIN = "https://login.microsoftonline.com/";
    private static final String COMMON = "common";
    private static final String ORGANIZATIONS = "organizations";
    private static final String CONSUMERS = "consumers";
    /** The tenant of all personal accounts. */
    private static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    /** A personal account's {@code oid}: its Graph id, padded. */
    private static final Pattern PADDED = Pattern.compile("00000000-0000-0000-(\\p{XDigit}{4})-(\\p{XDigit}{12})");

    /** A personal account's Graph id. Microsoft's services write this number with leading zeros or without them. */
    private static final Pattern NUMBER = Pattern.compile("\\p{XDigit}{1,16}");

    static MicrosoftTenant of(String setting) {
        return new MicrosoftTenant(
                setting == null || setting.isBlank() ? COMMON : setting.strip().toLowerCase(Locale.ROOT));
    }

    /** As Keycloak stores it: work accounts have their {@code oid}, personal ones the digits in it. */
    static String graphId(String oid, String tid) {
        return tid.equals(PERSONAL) ? PADDED.matcher(oid).replaceFirst("$1$2") : oid;
    }

    /** A personal account's id with all its digits; a work account's as it is. */
    static String padded(String graphId) {
        return NUMBER.matcher(graphId).matches() ? "0".repeat(16 - graphId.length()) + graphId : graphId;
    }

    /** The same personal account's id with its leading zeros, or without them; empty if it has none. */
    static Optional<String> otherSpelling(String graphId) {
        String padded = padded(graphId);
        String other = padded.equals(graphId) ? graphId.replaceFirst("^0+(?=.)", "") : padded;
        return NUMBER.matcher(graphId).matches() && !other.equals(graphId) ? Optional.of(other) : Optional.empty();
    }

    /** The descriptor's are those of all tenants. */
    Endpoints endpoints(Endpoints configured, IdTokenRules rules) {
        Endpoints endpoints = configured.after(Map.of(LOGIN + COMMON, LOGIN + name));
        String anyTenant = rules.issuers().iterator().next();
        return isOne() ? endpoints.withIssuer(anyTenant, configured.issuer(LOGIN + id() + "/v2.0")) : endpoints;
    }

    /** A domain names a tenant whose GUID is not known here, so that no token can be told to be of it. */
    boolean admits(String tid) {
        return switch (name) {
            case COMMON -> GUID.matcher(tid).matches();
            case ORGANIZATIONS -> GUID.matcher(tid).matches() && !tid.equals(PERSONAL);
            default -> tid.equals(id());
        };
    }

    /** Whether the shape of a Graph id is that of this tenant's accounts. */
    boolean hasId(String graphId) {
        boolean work = graphId != null && GUID.matcher(graphId).matches();
        return switch (name) {
            case COMMON -> true;
            case CONSUMERS -> !work;
            default -> work;
        };
    }

    private boolean isOne() {
        return !name.equals(COMMON) && !name.equals(ORGANIZATIONS);
    }

    private String id() {
        return name.equals(CONSUMERS) ? PERSONAL : name;
    }
}
