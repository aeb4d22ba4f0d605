package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Collects the stored tokens of links that go, whoever removes them or their user, and has them taken back when that is committed. Nothing
 * here keeps anybody from being deleted.
 */
public final class LeftTokens implements ProviderEventListener, AutoCloseable {
    private static final String COLLECTED = LeftTokens.class.getName();

    private final Withdrawals withdrawals = new Withdrawals();

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityRemovedEvent removed) {
            ForeignCode.aside(
                    "tokens of a removed link",
                    () -> left(
                            removed.getKeycloakSession(),
                            removed.getRealm(),
                            removed.getUser(),
                            removed.getFederatedIdentity()));
        } else if (event instanceof UserPreRemovedEvent removed) {
            ForeignCode.aside("tokens of a removed user", () -> removed.getKeycloakSession()
                    .users()
                    .getFederatedIdentitiesStream(removed.getRealm(), removed.getUser())
                    .toList()
                    .forEach(link -> left(removed.getKeycloakSession(), removed.getRealm(), removed.getUser(), link)));
        } else if (event instanceof FederatedIdentityCreatedEvent created) {
            kept(created);
        }
    }

    /** The provider itself has said that it is over: there is nothing to take back. */
    public static void forget(KeycloakSession session, UserModel user, String alias) {
        List<?> collected = session.getAttribute(COLLECTED, List.class);
        if (collected != null) {
            collected.removeIf(left -> left instanceof LeftToken one && one.isOf(user, alias));
        }
    }

    /** An account whose id has changed gets another link, with the same tokens. */
    private static void kept(FederatedIdentityCreatedEvent created) {
        List<?> collected = created.getKeycloakSession().getAttribute(COLLECTED, List.class);
        FederatedIdentityModel link = created.getFederatedIdentity();
        if (collected != null && link.getToken() != null) {
            collected.removeIf(left -> left instanceof LeftToken one
                    && one.isOf(created.getUser(), link.getIdentityProvider())
                    && link.getToken().equals(one.tokens().text()));
        }
    }

    private void left(KeycloakSession session, RealmModel realm, UserModel user, FederatedIdentityModel link) {
        if (link.getToken() == null || !isWanted(session, realm, link.getIdentityProvider())) {
            return;
        }
        collected(session).add(LeftToken.of(realm, user, link));
    }

    /** Asked of the realm that the session is in; of another one, when the token's turn comes. */
    private static boolean isWanted(KeycloakSession session, RealmModel realm, String alias) {
        RealmModel current = session.getContext().getRealm();
        if (current == null || !current.getId().equals(realm.getId())) {
            return true;
        }
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider != null && new ExchangeSettings(provider.getConfig()).revokesAtDeletion();
    }

    @SuppressWarnings("unchecked")
    private List<LeftToken> collected(KeycloakSession session) {
        List<LeftToken> known = session.getAttribute(COLLECTED, List.class);
        if (known != null) {
            return known;
        }
        List<LeftToken> collected = new ArrayList<>();
        session.setAttribute(COLLECTED, collected);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                collected.forEach(left -> withdrawals.begin(session.getKeycloakSessionFactory(), left));
                collected.clear();
            }

            @Override
            protected void rollbackImpl() {
                collected.clear(); // the link is where it was
            }
        });
        return collected;
    }

    @Override
    public void close() {
        withdrawals.close();
    }
}
