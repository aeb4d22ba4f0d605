package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
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
        if (event instanceof UserModel.UserPreRemovedEvent removed && isKept(removed)) {
            UserFederatedStorageProvider store = UserStorageUtil.userFederatedStorage(removed.getKeycloakSession());
            if (store != null) {
                store.setSingleAttribute(
                        removed.getRealm(),
                        removed.getUser().getId(),
                        ImportMark.DELETED,
                        String.valueOf(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis())));
            }
        }
    }

    private static boolean isKept(UserModel.UserPreRemovedEvent removed) {
        return removed.getKeycloakSession().getAttribute(FORGOTTEN) == null
                && ImportMark.of(removed.getUser()).isPresent();
    }

    /** Whoever is deleted in this session was never here: the import that has made them is taken back. */
    public static void forget(KeycloakSession session) {
        session.setAttribute(FORGOTTEN, true);
    }
}
