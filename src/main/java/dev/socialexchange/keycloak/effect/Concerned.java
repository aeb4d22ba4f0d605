package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.FormerLink;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * Whom a signal is about, by their ids.
 *
 * @param linked whose the account is
 * @param former whose it was, and who may have sessions that came by it
 */
record Concerned(Optional<String> linked, List<String> former) {

    static Concerned by(KeycloakSession own, ExternalAccount account) {
        Optional<String> linked = linked(own, account);
        return new Concerned(
                linked,
                FormerLink.users(own, account)
                        .map(UserModel::getId)
                        .filter(user -> !linked.filter(user::equals).isPresent())
                        .toList());
    }

    /** Nobody can say which of several users is meant, and telling it again does not help. */
    private static Optional<String> linked(KeycloakSession own, ExternalAccount account) {
        try {
            return Optional.ofNullable(account.linkedUser(own)).map(UserModel::getId);
        } catch (ExchangeException ambiguous) {
            if (ambiguous.error() != ExchangeError.ACCOUNT_AMBIGUOUS) {
                throw ambiguous;
            }
            return Optional.empty();
        }
    }

    boolean isNobody() {
        return linked.isEmpty() && former.isEmpty();
    }
}
