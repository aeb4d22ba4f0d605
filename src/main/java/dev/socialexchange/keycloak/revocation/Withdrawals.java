package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Printable;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.proof.TokenWithdrawal;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Has tokens taken back, on this node, beside all requests, and tells what has come of it. */
final class Withdrawals implements AutoCloseable {
    /** Of the event; the token itself is nowhere in it. */
    static final String ERROR = "token_not_revoked";

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    /** Of one that this node had no room for. */
    private static final String NOT_TRIED = "not_tried";

    private final Retries retries = new Retries(Retries.PAUSES);

    void begin(KeycloakSessionFactory factory, LeftToken left) {
        if (!retries.begin(last -> attempted(factory, left, last))) {
            log(left, NOT_TRIED);
        }
    }

    /** @return whether that is all */
    private static boolean attempted(KeycloakSessionFactory factory, LeftToken left, boolean last) {
        boolean[] finished = {false};
        ForeignCode.aside(
                "revocation",
                () -> KeycloakModelUtils.runJobInTransaction(
                        factory, session -> finished[0] = attempted(session, left, last)));
        return finished[0];
    }

    private static boolean attempted(KeycloakSession session, LeftToken left, boolean last) {
        RealmModel realm = session.realms().getRealm(left.realmId());
        if (realm == null) {
            return true;
        }
        session.getContext().setRealm(realm);
        session.getContext().setConnection(new NobodysConnection());
        IdentityProviderModel model = session.identityProviders().getByAlias(left.alias());
        Optional<ExchangeIdentityProvider> provider = model == null
                ? Optional.empty()
                : ExchangeIdentityProviders.any(session, model)
                        .filter(ExchangeIdentityProvider::isUsable)
                        .filter(one -> one.settings().revokesAtDeletion());
        if (provider.isEmpty()) {
            return true;
        }
        RequestConnection.release(session); // nothing is held while the provider is waited for
        TokenWithdrawal.Result result = result(session, provider.get(), left);
        if (result == TokenWithdrawal.Result.LATER && !last) {
            return false;
        }
        tell(session, provider.get(), left, result);
        return true;
    }

    private static TokenWithdrawal.Result result(
            KeycloakSession session, ExchangeIdentityProvider provider, LeftToken left) {
        try {
            return new TokenWithdrawal(new KeycloakSurroundings(session), provider)
                    .withdraw(left.tokens(), left.accountId());
        } catch (ExchangeException notConfigured) {
            return TokenWithdrawal.Result.LATER; // a vault that does not answer looks the same
        }
    }

    private static void tell(
            KeycloakSession session, ExchangeIdentityProvider provider, LeftToken left, TokenWithdrawal.Result result) {
        String outcome = result == TokenWithdrawal.Result.LATER
                ? "unreachable"
                : result.name().toLowerCase(Locale.ROOT);
        session.getProvider(Recorder.class).revocation(provider.type(), outcome);
        EventBuilder event = new EventBuilder(session.getContext().getRealm(), session)
                .event(EventType.REVOKE_GRANT)
                .user(left.userId())
                .detail(Details.IDENTITY_PROVIDER, left.alias())
                .detail("outcome", "token_" + outcome);
        if (result == TokenWithdrawal.Result.DONE) {
            ForeignCode.aside("event store", event::success);
            return;
        }
        log(left, outcome);
        ForeignCode.aside("event store", () -> event.error(ERROR));
    }

    private static void log(LeftToken left, String reason) {
        LOG.warnf(
                "the provider has not taken back the tokens of somebody who is gone: provider=%s user=%s reason=%s",
                Printable.of(left.alias()), left.userId(), reason);
    }

    @Override
    public void close() {
        int left = retries.stop();
        if (left > 0) {
            LOG.warnf("tokens of people who are gone have not been taken back: count=%d reason=shutdown", left);
        }
    }
}
