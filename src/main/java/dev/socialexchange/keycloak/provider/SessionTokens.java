package dev.socialexchange.keycloak.provider;

import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.common.Profile;
import org.keycloak.events.Details;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/**
 * A provider's tokens in the user session of the login that brought them, and gone with it: Keycloak's *Store token in session* (26.7).
 * Keycloak takes it for on where nobody has set it; here nothing is kept that nobody has asked for or that nobody could read, and nothing twice that
 * stands with the link anyway.
 */
public final class SessionTokens {
    /**
     * Not Keycloak's own names: from those a logout takes what it revokes, and a front end's own token is not touched. The alias follows, since one
     * session may be told of several providers: when an account is linked, or somebody signs in again by another one.
     */
    private static final String NOTE = "SOCIAL_EXCHANGE_TOKENS.";

    private SessionTokens() {}

    private static boolean wanted(IdentityProviderModel provider) {
        return Boolean.parseBoolean(provider.getConfig().get(IdentityProviderModel.STORE_TOKEN_IN_SESSION))
                && !Booleans.isTrue(provider.isStoreToken())
                && isReadable();
    }

    /** By version 2 of Keycloak's Identity Brokering API, which has to be switched on and which 26.6 does not know. */
    private static boolean isReadable() {
        return Profile.getInstance().getEnabledFeatures().stream()
                .anyMatch(feature ->
                        feature.getUnversionedKey().equals("identity-brokering-api") && feature.getVersion() > 1);
    }

    /** Of an exchange, in the session that it becomes. */
    public static void note(
            IdentityProviderModel provider, Optional<StoredTokens> tokens, AuthenticationSessionModel authSession) {
        if (wanted(provider)) {
            tokens.ifPresent(kept -> authSession.setUserSessionNote(NOTE + provider.getAlias(), kept.text()));
        }
    }

    /** Of a browser login: with the link, or until its session is there, or not at all. */
    public static void keep(StoredTokens tokens, BrokeredIdentityContext identity) {
        identity.setToken(Booleans.isTrue(identity.getIdpConfig().isStoreToken()) ? tokens.text() : null);
        if (wanted(identity.getIdpConfig())) {
            identity.getContextData().put(NOTE, tokens.text());
        }
    }

    /** What {@link #keep} has kept. */
    public static void note(BrokeredIdentityContext identity, AuthenticationSessionModel authSession) {
        if (identity.getContextData().get(NOTE) instanceof String kept) {
            authSession.setUserSessionNote(NOTE + identity.getIdpConfig().getAlias(), kept);
        }
    }

    /**
     * @param userSession {@code null} for none
     * @return empty if they are another provider's, too, or are not to be kept any more
     */
    public static Optional<StoredTokens> of(IdentityProviderModel provider, UserSessionModel userSession) {
        boolean its = userSession != null
                && wanted(provider)
                && provider.getAlias().equals(userSession.getNote(Details.IDENTITY_PROVIDER));
        return its
                ? Optional.ofNullable(userSession.getNote(NOTE + provider.getAlias()))
                        .map(StoredTokens::new)
                : Optional.empty();
    }

    public static void replace(IdentityProviderModel provider, UserSessionModel userSession, StoredTokens tokens) {
        userSession.setNote(NOTE + provider.getAlias(), tokens.text());
    }
}
