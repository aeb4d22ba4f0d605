package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.OpenRealm;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.Booleans;

/** Whether what was allowed when the link was made still is: settings may have changed since. */
public final class ContinuationPolicy {
    private final KeycloakSession session;
    private final Continuation continuation;

    ContinuationPolicy(KeycloakSession session, Continuation continuation) {
        this.session = session;
        this.continuation = continuation;
    }

    /** @return the client that the login is for; empty if it, or the provider, is not what it was */
    Optional<ClientModel> client() {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = continuation.client(realm);
        if (!isOpen(session) || client == null || !isOneUsersAtMost()) {
            return Optional.empty();
        }
        return isOpenFor(client) && continuation.isAllowed(session, client) ? Optional.of(client) : Optional.empty();
    }

    /** Whether the link is only for browsers that a page of this client has sent here. */
    boolean needsArrival(ClientModel client) {
        return provider()
                .filter(provider -> provider.settings().formClients().contains(client.getClientId()))
                .isPresent();
    }

    private boolean isOpenFor(ClientModel client) {
        return provider().filter(provider -> isOpenFor(client, provider)).isPresent();
    }

    private Optional<ExchangeIdentityProvider> provider() {
        try {
            return ExchangeIdentityProviders.open(
                    session, continuation.account().alias());
        } catch (ExchangeException unreadableSettings) {
            return Optional.empty();
        }
    }

    private boolean isOneUsersAtMost() {
        try {
            continuation.account().linkedUser(session);
            return true;
        } catch (ExchangeException ambiguous) {
            return false;
        }
    }

    /** Whether the realm has pages for anybody, in this way. */
    public static boolean isOpen(KeycloakSession session) {
        return OpenRealm.refusal(session).isEmpty();
    }

    private static boolean isOpenFor(ClientModel client, ExchangeIdentityProvider provider) {
        return !Booleans.isTrue(provider.getConfig().isLinkOnly())
                && provider.settings().clients().contains(client.getClientId());
    }
}
