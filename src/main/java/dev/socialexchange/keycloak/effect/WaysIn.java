package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.StoppedMail;
import dev.socialexchange.keycloak.provider.SuspendedLink;
import dev.socialexchange.keycloak.revocation.LeftTokens;
import java.util.Optional;
import java.util.Set;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.util.Booleans;

/** How else somebody gets into an account, before one way is taken from them. */
record WaysIn(KeycloakSession session, RealmModel realm, UserModel user) {
    /** A second factor alone opens nothing. */
    private static final Set<String> FIRST_FACTORS =
            Set.of(PasswordCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    /** Whether there is another way than this link, or a mail would make one. */
    boolean remainWithout(String alias) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE) // a directory's as well
                || user.credentialManager()
                        .getStoredCredentialsStream()
                        .map(CredentialModel::getType)
                        .anyMatch(FIRST_FACTORS::contains)
                || session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .map(FederatedIdentityModel::getIdentityProvider)
                        .anyMatch(other -> !other.equals(alias) && !LinkMark.isSuspended(user, other) && signsIn(other))
                || realm.isResetPasswordAllowed() && hasMailbox(alias);
    }

    /** Whether a mail surely reaches the person, and not by the provider whose account opens nothing any more: that one's mailbox goes with it, or is read by whoever has it. */
    private boolean hasMailbox(String alias) {
        return user.getEmail() != null
                && user.isEmailVerified()
                && !StoppedMail.is(user)
                && !realm.getSmtpConfig().isEmpty()
                && Optional.ofNullable(session.identityProviders().getByAlias(alias))
                        .flatMap(model -> ExchangeIdentityProviders.any(session, model))
                        // of an address of a domain that the provider hosts for others nobody knows it here
                        .filter(provider -> !SuspendedLink.deliversMail(provider, user.getEmail(), Set.of()))
                        .isPresent();
    }

    /**
     * Removes one that the provider itself has ended, so that nothing is taken back from it.
     *
     * @return false if there was none
     */
    boolean close(String alias) {
        boolean removed = session.users().removeFederatedIdentity(realm, user, alias);
        LeftTokens.forget(session, user, alias);
        return removed;
    }

    private boolean signsIn(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider != null && provider.isEnabled() && !Booleans.isTrue(provider.isLinkOnly());
    }
}
