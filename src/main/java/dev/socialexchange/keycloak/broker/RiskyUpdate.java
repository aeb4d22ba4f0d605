package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapperSyncModeDelegate;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The update of a linked user where the provider or one of its mappers may overwrite the user's own data: the new username
 * or address may be another user's. Providers that only import never come here, which saves them a transaction.
 */
final class RiskyUpdate {
    private final KeycloakSession outer;
    private final BrokeredPerson person;
    private final String scope;

    RiskyUpdate(KeycloakSession outer, BrokeredPerson person, String scope) {
        this.outer = outer;
        this.person = person;
        this.scope = scope;
    }

    /** Whether anything but the link may be written to the user, or the link itself changes its id for good. */
    static boolean mayHappen(KeycloakSession session, BrokeredIdentityContext identity) {
        IdentityProviderSyncMode mode = identity.getIdpConfig().getSyncMode();
        return identity.getLegacyId() != null
                || mode == IdentityProviderSyncMode.FORCE
                || ProviderMappers.of(session, identity.getIdpConfig()).stream()
                        .map(mapper -> IdentityProviderMapperSyncModeDelegate.combineIdpAndMapperSyncMode(
                                mode, mapper.getSyncMode()))
                        .anyMatch(combined -> combined != IdentityProviderSyncMode.IMPORT);
    }

    /** Before the outer session has looked at the user, of whom it would keep the old state. */
    void run() {
        try {
            new OwnTransaction(outer).run(session -> {
                update(session);
                return null;
            });
        } catch (ExchangeException refused) {
            // a continuation does not repeat the update, and would keep rights that it was about to take away
            throw refused.withoutBrowser();
        }
    }

    private void update(KeycloakSession session) {
        Identities identities = new Identities(session);
        BrokeredIdentityContext identity = identities.of(person);
        UserModel user = identities.linkedUser(identity);
        if (user == null || Availability.refusal(session, user).isPresent()) {
            return; // the outer session sees the same and says so
        }
        RealmModel realm = session.getContext().getRealm();
        AuthenticationSessionModel authSession = AuthSessions.create(session, scope);
        identity.setAuthenticationSession(authSession);
        new KnownUser(session, identities).update(identity, user);
        new AuthenticationSessionManager(session).removeAuthenticationSession(realm, authSession, false);
    }
}
