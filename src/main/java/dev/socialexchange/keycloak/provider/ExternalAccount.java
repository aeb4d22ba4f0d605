package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * An account at a provider, which opens one user's account here and nobody else's.
 *
 * @param alias of the identity provider
 * @param id the provider's own, or what a mapper has made of it
 */
public record ExternalAccount(String alias, String id) {
    /** How Keycloak (26.7) begins when it finds several users, in an exception that says nothing else. */
    private static final String SEVERAL = "More results found";

    /** @throws ExchangeException if the id is none: whoever has none would be one and the same person */
    public static ExternalAccount of(BrokeredIdentityContext identity) {
        return new ExternalAccount(identity.getIdpConfig().getAlias(), requireUsable(identity.getId()));
    }

    /** @throws ExchangeException if the text could be several people's id, or could not be stored as it is */
    static String requireUsable(String id) {
        if (!DatabaseText.isName(id)) {
            throw ExchangeException.because(
                    ExchangeError.ACCOUNT_ID_UNUSABLE, id == null || id.isBlank() ? "id_blank" : "id_not_storable");
        }
        return id;
    }

    /**
     * The same account by the id that it had in an older version of the provider's API.
     *
     * @return empty if it had none
     */
    public static Optional<ExternalAccount> before(BrokeredIdentityContext identity) {
        return Optional.ofNullable(identity.getLegacyId())
                .filter(DatabaseText::isName)
                .map(legacy -> new ExternalAccount(identity.getIdpConfig().getAlias(), legacy));
    }

    /** The account that this user is linked to, by the id that the database has. */
    public static Optional<ExternalAccount> ofLink(KeycloakSession session, UserModel user, String alias) {
        return Optional.ofNullable(session.users()
                        .getFederatedIdentity(session.getContext().getRealm(), user, alias))
                .map(link -> new ExternalAccount(alias, link.getUserId()));
    }

    /** By which an account is known where nobody needs to read its id. */
    public String digest() {
        return Digests.sha256Base64Url(alias + '\n' + id);
    }

    /**
     * @return the user whom the account is linked to, or {@code null}
     * @throws ExchangeException if it is linked to several: the database (26.7) has nothing against that
     */
    public UserModel linkedUser(KeycloakSession session) {
        try {
            return session.users()
                    .getUserByFederatedIdentity(
                            session.getContext().getRealm(), new FederatedIdentityModel(alias, id, null));
        } catch (IllegalStateException several) {
            if (!String.valueOf(several.getMessage()).startsWith(SEVERAL)) {
                throw several;
            }
            throw ExchangeException.because(ExchangeError.ACCOUNT_AMBIGUOUS, "several_users_linked");
        }
    }

    public boolean isLinked(KeycloakSession session) {
        return linkedUser(session) != null;
    }

    /** Whether it is linked to anybody, be it to several. */
    public boolean isTaken(KeycloakSession session) {
        try {
            return isLinked(session);
        } catch (ExchangeException several) {
            return true;
        }
    }

    /** A record would print the id. */
    @Override
    public String toString() {
        return alias;
    }
}
