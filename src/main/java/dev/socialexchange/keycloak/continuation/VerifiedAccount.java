package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.StringUtil;

/**
 * A provider's account that an exchange has verified, in Keycloak's own serialized form and without any of the provider's
 * tokens.
 *
 * @param alias the identity provider
 * @param identity JSON
 * @param shown to whoever opens the link: decided when it was verified, whatever the realm's settings say later
 */
public record VerifiedAccount(String alias, String identity, ForeignAccount shown) {
    private static final int MAX_BYTES = 16 * 1024;

    /** Where Keycloak's providers (26.7) keep tokens in a brokered identity. */
    private static final List<String> TOKENS = List.of(
            UserAuthenticationIdentityProvider.FEDERATED_ACCESS_TOKEN,
            OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE,
            OIDCIdentityProvider.FEDERATED_ID_TOKEN,
            OIDCIdentityProvider.FEDERATED_REFRESH_TOKEN);

    /** @return empty if the identity is too large to be kept */
    static Optional<VerifiedAccount> of(RealmModel realm, BrokeredIdentityContext identity) {
        ForeignAccount shown = ForeignAccount.of(identity);
        BrokeredIdentities.noteTime(identity);
        identity.setToken(null);
        TOKENS.forEach(identity.getContextData()::remove);
        identity.getContextData()
                .values()
                .removeIf(value -> value == null // Keycloak could not serialize it
                        || value instanceof AccessTokenResponse);
        if (identity.getIdp() instanceof OIDCIdentityProvider) {
            // Keycloak (26.7) looks into it when the login ends, and would fail after the user was created
            identity.getContextData()
                    .put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, new AccessTokenResponse());
        }
        identity.setModelUsername(username(realm, identity));
        try {
            String json = JsonSerialization.writeValueAsString(SerializedBrokeredIdentityContext.serialize(identity));
            return json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES
                    ? Optional.empty()
                    : Optional.of(new VerifiedAccount(identity.getIdpConfig().getAlias(), json, shown));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** As {@code IdentityBrokerService} (26.7) chooses it; where an address is needed and missing, the flow asks for it. */
    @Mirrors(type = "org.keycloak.services.resources.IdentityBrokerService", methods = "authenticated")
    private static String username(RealmModel realm, BrokeredIdentityContext identity) {
        if (identity.getModelUsername() != null) {
            return identity.getModelUsername().strip();
        }
        boolean email = realm.isRegistrationEmailAsUsername() && StringUtil.isNotBlank(identity.getEmail());
        return (email ? identity.getEmail() : identity.getUsername()).strip();
    }

    public SerializedBrokeredIdentityContext read() {
        try {
            return JsonSerialization.readValue(identity, SerializedBrokeredIdentityContext.class);
        } catch (IOException notOurs) {
            throw new UncheckedIOException(notOurs);
        }
    }

    /**
     * @return the user whom the account is linked to now, or {@code null}
     * @throws ExchangeException if there are several
     */
    public UserModel linkedUser(KeycloakSession session) {
        return new ExternalAccount(alias, read().getId()).linkedUser(session);
    }

    /** As the provider has it; for events, since nobody vouches for it. */
    public String username() {
        return read().getBrokerUsername();
    }

    /** A record would print the person's data. */
    @Override
    public String toString() {
        return alias;
    }
}
