package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExternalAccount;
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
        require(identity, user, ExternalAccount.of(identity));
        // whose link goes by that id still; a new one proves nothing
        ExternalAccount.before(identity).ifPresent(before -> require(identity, user, before));
    }

    private static void require(BrokeredIdentityContext identity, UserModel user, ExternalAccount account) {
        LinkMark.refusal(user, account).ifPresent(refused -> {
            throw refused;
        });
        LinkMark mark = LinkMark.of(user, account);
        if (BrokeredIdentities.issuedAt(identity).filter(mark::precedes).isPresent()) {
            throw ExchangeException.because(ExchangeError.TOKEN_INVALID, "revoked_by_provider");
        }
    }
}
