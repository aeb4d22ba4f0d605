package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.NobodysConnection;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.proof.TokenWithdrawal;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What somebody has left at the provider of a realm, as this session finds both. */
final class StoredGrant implements Attempt.Grant {
    /** Of the event; the token itself is nowhere in it. */
    private static final String ERROR = "token_not_revoked";

    private final KeycloakSession session;
    private final LeftToken left;
    /** Empty if it is gone, or nothing of its is to be taken back any more: then there is nothing to tell, either. */
    private final Optional<IdentityProviderModel> model;

    /** Enters the realm, if it is there. */
    StoredGrant(KeycloakSession session, LeftToken left) {
        this.session = session;
        this.left = left;
        RealmModel realm = session.realms().getRealm(left.realmId());
        session.getContext().setRealm(realm);
        session.getContext().setConnection(new NobodysConnection());
        this.model = Optional.ofNullable(realm)
                .map(found -> session.identityProviders().getByAlias(left.alias()))
                .filter(one -> new ExchangeSettings(one.getConfig()).revokesAtDeletion());
    }

    @Override
    public boolean isWanted() {
        return provider().isPresent();
    }

    private Optional<ExchangeIdentityProvider> provider() {
        return model.flatMap(one -> ExchangeIdentityProviders.any(session, one))
                .filter(ExchangeIdentityProvider::isUsable);
    }

    /** Of two who have the account, one may be unlinked; and whoever was may have linked it again meanwhile. */
    @Override
    public boolean isInUse() {
        try {
            return new ExternalAccount(left.alias(), left.accountId()).isLinked(session);
        } catch (ExchangeException several) {
            if (several.error() != ExchangeError.ACCOUNT_AMBIGUOUS) {
                throw several;
            }
            return true;
        }
    }

    @Override
    public TokenWithdrawal.Result takeBack() {
        ExchangeIdentityProvider provider = provider().orElseThrow();
        RequestConnection.release(session); // nothing is held while the provider is waited for
        try {
            return new TokenWithdrawal(new KeycloakSurroundings(session), provider)
                    .withdraw(left.tokens(), left.accountId());
        } catch (ExchangeException notConfigured) {
            return TokenWithdrawal.Result.LATER; // a vault that does not answer looks the same
        }
    }

    @Override
    public void tell(String outcome) {
        if (model.isEmpty()) {
            return;
        }
        session.getProvider(Recorder.class).revocation(model.get().getProviderId(), outcome);
        if (outcome.equals(Attempt.IN_USE)) {
            return; // nobody has asked for what is in use to be revoked
        }
        ForeignCode.aside("event store", () -> {
            EventBuilder event = new EventBuilder(session.getContext().getRealm(), session)
                    .event(EventType.REVOKE_GRANT)
                    .user(left.userId())
                    .detail(Details.IDENTITY_PROVIDER, left.alias())
                    .detail("outcome", "token_" + outcome);
            if (outcome.equals(Attempt.DONE)) {
                event.success();
            } else {
                event.error(ERROR);
            }
        });
    }
}
