package dev.socialexchange.keycloak;

import java.util.Locale;

/** What a {@link Journal} names: each is one question that an exchange asks, in about this order. */
public enum Look {
    PARAMETERS,
    PROVIDER_OPEN,
    CLIENT_ALLOWED,
    TOKEN_KIND,
    NONCE_ISSUED,
    SCOPE,
    REQUESTED_AUDIENCE,

    TOKEN_FORM,
    ISSUER,
    ALGORITHM,
    SIGNING_KEY,
    SIGNATURE,
    ID_TOKEN,
    SUBJECT,
    PERSON,
    AUDIENCE,
    EXPIRY,
    AGE,
    NONCE,
    PROVIDER_VERIFICATION,
    COMPANION_TOKEN,
    ACCESS_TOKEN_FORM,
    BINDING,
    APP_OF_TOKEN,
    PROFILE,
    TOKEN_AUDIENCE,
    CODE,
    SIGNED_DATA,
    SINGLE_USE,

    IDENTITY,
    LINKED_USER,
    ACCOUNT_AVAILABLE,
    LINK_IN_ORDER,
    PROFILE_UPDATE,
    FIRST_LOGIN_FLOW,
    POST_LOGIN_FLOW,
    FLOW_STEP,
    MAPPER,
    LINK,
    REQUIRED_ACTIONS,
    CONSENT,
    TOKENS;

    /** Whether what is found tells who somebody is. */
    public boolean isPersonal() {
        return this == SUBJECT || this == IDENTITY || this == LINKED_USER;
    }

    /** Its stable name, as answers have it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
