package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.descriptor.Placeholders;

/** Issuers of providers that have one per tenant. */
final class IssuerTemplate {
    private static final String TENANT = "[\\w-]+";

    private IssuerTemplate() {}

    /** An issuer in which a claim's name stands for the token's own value: a plain word, so that nothing else moves. */
    static String fill(String issuer, SignedToken token) {
        return Placeholders.fill(issuer, claim -> {
            String value = token.text(claim);
            return value != null && value.matches(TENANT) ? value : null;
        });
    }

    /**
     * Whether a key may sign this token.
     *
     * @param issuer that the key set names for the key, with any placeholder for the tenant; {@code null} if it names none
     */
    static boolean admits(String issuer, SignedToken token) {
        if (issuer == null) {
            return true;
        }
        return Placeholders.pattern(issuer, TENANT)
                .matcher(String.valueOf(token.text("iss")))
                .matches();
    }
}
