package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.provider.LinkMark;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Asked of somebody known before anything of what the account says is taken over: it may be somebody else's by now. */
final class LinkInOrder {

    private LinkInOrder() {}

    /** @throws ExchangeException if the provider has said that the account, or what it has issued until then, counts no more */
    static void require(KeycloakSession session, BrokeredIdentityContext identity, UserModel user) {
        Rehearsal.journal(session).look(Look.LINK_IN_ORDER);
        LinkMark.refusal(user, identity).ifPresent(refused -> {
            throw refused;
        });
    }
}
