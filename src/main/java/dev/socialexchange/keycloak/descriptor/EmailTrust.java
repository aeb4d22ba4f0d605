package dev.socialexchange.keycloak.descriptor;

import java.util.Arrays;
import java.util.Optional;

/** When a provider's word that an e-mail address is verified counts. */
public enum EmailTrust {
    /** When the document that holds the address also says that it is verified. */
    CLAIM("claim"),
    NEVER("never"),
    /** As {@link #CLAIM}, and only for domains that the provider runs itself or hosts for the account's organisation. */
    AUTHORITATIVE_DOMAINS("authoritative-domains");

    private final String id;

    EmailTrust(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<EmailTrust> byId(String id) {
        return Arrays.stream(values()).filter(trust -> trust.id.equals(id)).findFirst();
    }
}
