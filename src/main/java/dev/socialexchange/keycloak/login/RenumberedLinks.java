package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.MovingAccount;
import dev.socialexchange.keycloak.provider.StoredUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.storage.ReadOnlyException;

/**
 * An account whose id has changed gets another link, since the id is part of a link's key, and Keycloak itself makes such links in a browser
 * login. What signals have left on the old one goes with it: a suspended link is not opened by a new id.
 */
public final class RenumberedLinks implements ProviderEventListener {
    private static final String REMOVED = RenumberedLinks.class.getName();

    private record Removed(String userId, FederatedIdentityModel link) {

        /** Nothing but the id differs. */
        boolean becomes(UserModel user, FederatedIdentityModel other) {
            return userId.equals(user.getId())
                    && link.getIdentityProvider().equals(other.getIdentityProvider())
                    && Objects.equals(link.getUserName(), other.getUserName())
                    && Objects.equals(link.getToken(), other.getToken());
        }
    }

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityRemovedEvent removed) {
            removed(removed.getKeycloakSession())
                    .add(new Removed(removed.getUser().getId(), removed.getFederatedIdentity()));
        } else if (event instanceof FederatedIdentityCreatedEvent created) {
            removed(created.getKeycloakSession()).stream()
                    .filter(one -> one.becomes(created.getUser(), created.getFederatedIdentity()))
                    .forEach(one -> carry(
                            created.getKeycloakSession(),
                            created.getUser().getId(),
                            account(one.link),
                            account(created.getFederatedIdentity())));
        }
    }

    /** @throws ExchangeException if something is being said of the user just now: the link keeps its id until somebody tries again */
    private static void carry(KeycloakSession session, String userId, ExternalAccount before, ExternalAccount after) {
        UserModel held = MarkedUser.held(session, userId).orElseThrow(() -> ExchangeException.busy("link_contended"));
        UserModel user = StoredUser.of(session, held);
        LinkMark mark = LinkMark.of(user, before);
        try {
            LinkMark.of(user, after)
                    .and(mark)
                    .formerly(before)
                    .write(user); // a signal about the former id may be waiting
        } catch (ReadOnlyException notOurs) {
            if (mark.suspended() > 0 || mark.revoked() > 0) {
                throw notOurs;
            }
        }
        MovingAccount.forget(user, before);
    }

    private static ExternalAccount account(FederatedIdentityModel link) {
        return new ExternalAccount(link.getIdentityProvider(), link.getUserId());
    }

    @SuppressWarnings("unchecked")
    private static List<Removed> removed(KeycloakSession session) {
        List<Removed> known = session.getAttribute(REMOVED, List.class);
        if (known == null) {
            known = new ArrayList<>();
            session.setAttribute(REMOVED, known);
        }
        return known;
    }
}
