package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;

/** Providers whose tokens outlive the account's good standing say so in the profile. */
public final class AccountState {
    private static final String ACTIVE = "active";

    private AccountState() {}

    public static void requireActive(JsonNode profile, String field) {
        if (profile.hasNonNull(field) && !profile.get(field).asText().equals(ACTIVE)) {
            throw notActive();
        }
    }

    public static ExchangeException notActive() {
        return ExchangeException.refuse(
                ExchangeError.TOKEN_INVALID,
                "The account is not active at the identity provider",
                "account_not_active");
    }
}
