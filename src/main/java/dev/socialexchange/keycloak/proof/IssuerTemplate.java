package dev.socialexchange.keycloak.proof;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Issuers of providers that have one per tenant. */
final class IssuerTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final String TENANT = "[\\w-]+";

    private IssuerTemplate() {}

    /** An issuer in which a claim's name stands for the token's own value: a plain word, so that nothing else moves. */
    static String fill(String issuer, SignedToken token) {
        return PLACEHOLDER.matcher(issuer).replaceAll(found -> {
            String value = token.text(found.group(1));
            boolean word = value != null && value.matches(TENANT);
            return Matcher.quoteReplacement(word ? value : found.group());
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
        String anyTenant =
                Arrays.stream(PLACEHOLDER.split(issuer, -1)).map(Pattern::quote).collect(Collectors.joining(TENANT));
        return String.valueOf(token.text("iss")).matches(anyTenant);
    }
}
