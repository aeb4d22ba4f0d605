package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/**
 * Who was imported, and is deleted here, does not come back by the next run of the import: under the id that they had, which is a digest, it is kept that they are gone. It is gone itself with the
 * realm.
 */
public final class ImportedDeletions implements ProviderEventListener {
    private static final String FORGOTTEN = "social-exchange.import-forgotten";

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserPreRemovedEvent removed
                && ImportMark.of(removed.getUser()).isPresent()) {
            UserFederatedStorageProvider store = UserStorageUtil.userFederatedStorage(removed.getKeycloakSession());
            Optional<String> deleted = deleted(removed);
            if (store != null && deleted.isPresent()) {
                store.setSingleAttribute(
                        removed.getRealm(), removed.getUser().getId(), ImportMark.DELETED, deleted.get());
            }
        }
    }

    /** When, in seconds since the epoch. */
    private static Optional<String> deleted(UserModel.UserPreRemovedEvent removed) {
        return removed.getKeycloakSession().getAttribute(FORGOTTEN) == null
                ? Optional.of(String.valueOf(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis())))
                : Optional.ofNullable(removed.getUser().getFirstAttribute(ImportMark.DELETED));
    }

    /** Somebody is made in the place of who was deleted: what was kept of that goes to the user. */
    public static void undo(KeycloakSession session, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        UserFederatedStorageProvider store = UserStorageUtil.userFederatedStorage(session);
        user.setSingleAttribute(
                ImportMark.DELETED, store.getAttributes(realm, user.getId()).getFirst(ImportMark.DELETED));
        store.removeAttribute(realm, user.getId(), ImportMark.DELETED);
    }

    /**
     * Whoever is deleted in this session was never here, since the import that has made them is taken back; who had been deleted before is that again.
     */
    public static void forget(KeycloakSession session) {
        session.setAttribute(FORGOTTEN, true);
    }
}
