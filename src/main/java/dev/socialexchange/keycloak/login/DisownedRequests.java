package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.provider.DeletionRequest;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.StoredUser;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Requests to be forgotten which came by an account that turns out not to be the user's: nothing of them is done. What another account of theirs has asked as
 * well waits for an administrator.
 */
public final class DisownedRequests {

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private DisownedRequests() {}

    /** @param request gives its connection back; committed when this returns */
    static void close(KeycloakSession request, UserModel user, ExternalAccount account) {
        if (!DeletionRequest.isOpen(user)) {
            return; // of one that comes right now the link is gone when it is due
        }
        MarkedUser.changing(request, user.getId(), (session, stored) -> {
            DeletionRequest open = DeletionRequest.of(stored);
            if (DeletionRequest.isOpen(stored) && open.isBy(account)) {
                String state = open.asked() ? DeletionRequest.OPEN : DeletionRequest.CLOSED;
                close(session, stored, open.disowned(), state, LinkUndo.REASON);
            }
            return null;
        });
    }

    /**
     * Whoever has asked, in this session's transaction.
     *
     * @param reason for the event
     * @throws ExchangeException if somebody is deciding just now
     */
    public static void closeAll(KeycloakSession session, UserModel user, String reason) {
        if (!DeletionRequest.isOpen(user)) {
            return;
        }
        UserModel stored =
                MarkedUser.held(session, user.getId()).orElseThrow(() -> ExchangeException.busy("link_contended"));
        if (DeletionRequest.isOpen(stored)) {
            close(session, stored, DeletionRequest.of(stored), DeletionRequest.CLOSED, reason);
        }
    }

    private static void close(
            KeycloakSession session, UserModel stored, DeletionRequest request, String state, String reason) {
        try {
            request.write(StoredUser.of(session, stored), state);
            told(session, stored, request, reason);
        } catch (ReadOnlyException notOurs) {
            LOG.debug(
                    "a request to be forgotten stays open in a read-only storage; without its link nothing comes of it");
        }
    }

    private static void told(KeycloakSession session, UserModel user, DeletionRequest closed, String reason) {
        EventBuilder event = RequestEvent.of(session)
                .event(EventType.REVOKE_GRANT)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.IDENTITY_PROVIDER, closed.alias())
                .detail("outcome", "deletion_request_closed")
                .detail(Details.REASON, reason);
        ForeignCode.aside("event store", event::success);
    }
}
