package dev.socialexchange.keycloak.importer;

import java.util.Set;

/** What of a verification means that source and realm are not the same: everything else is known since the import. */
final class Verdicts {
    private static final Set<String> DIFFERENCES =
            Set.of("not_here", "link_missing", "enabled_here", "another_account_linked", "identity_taken");

    private Verdicts() {}

    static boolean differs(String code) {
        return DIFFERENCES.contains(code);
    }
}
