package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** What a provider has said by itself since somebody has proven an account there, while the login went on. */
public final class SignalsSince {
    private final KeycloakSession session;

    public SignalsSince(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Why a login counts no more by now.
     *
     * @param alias of the provider whose account it came by
     * @param account which one that was, which is asked only where something was said; empty where nobody knows: then what was said of any of the user's at this provider counts
     * @param provenAt when that was proven, in seconds since the epoch
     */
    public Optional<ExchangeException> refusal(
            UserModel user, String alias, Supplier<Optional<ExternalAccount>> account, long provenAt) {
        if (isSuspended(user, alias)) {
            return Optional.of(
                    ExchangeException.refuse(ExchangeError.LINK_SUSPENDED).withoutBrowser());
        }
        return LinkMark.precedes(user, alias, provenAt)
                        && account.get()
                                .map(known -> LinkMark.of(user, known).precedes(provenAt))
                                .orElse(true)
                ? Optional.of(ExchangeException.because(ExchangeError.TOKEN_INVALID, "revoked_by_provider"))
                : Optional.empty();
    }

    /** A link that is gone was taken away while the login went on: it had come by one. */
    private boolean isSuspended(UserModel user, String alias) {
        if (!LinkMark.isSuspended(user, alias)) {
            return false;
        }
        FederatedIdentityModel link =
                session.users().getFederatedIdentity(session.getContext().getRealm(), user, alias);
        return link == null
                || LinkMark.of(user, new ExternalAccount(alias, link.getUserId()))
                        .isSuspended();
    }
}
