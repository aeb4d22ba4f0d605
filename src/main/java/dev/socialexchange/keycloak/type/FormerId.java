package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.MovingAccount;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/** By which other id somebody may be linked here who comes by one that nobody is linked by. */
final class FormerId {

    private FormerId() {}

    /** A browser login looks the former id up for nobody else, and so does an exchange. */
    static void settle(KeycloakSession session, BrokeredIdentityContext identity) {
        if (identity.getLegacyId() == null
                && DescribedIdentity.movedId(identity).isEmpty()) {
            return;
        }
        if (ExternalAccount.of(identity).isLinked(session)) {
            identity.setLegacyId(null);
        } else if (identity.getLegacyId() == null) {
            long now = new KeycloakSurroundings(session).now();
            String alias = identity.getIdpConfig().getAlias();
            DescribedIdentity.movedId(identity)
                    .flatMap(moved -> MovingAccount.before(session, alias, moved, now))
                    .ifPresent(before -> identity.setLegacyId(before.id()));
        }
    }

    /** By either id. */
    static boolean isKnown(KeycloakSession session, BrokeredIdentityContext identity) {
        return ExternalAccount.of(identity).isLinked(session)
                || ExternalAccount.before(identity)
                        .filter(before -> before.isLinked(session))
                        .isPresent();
    }
}
