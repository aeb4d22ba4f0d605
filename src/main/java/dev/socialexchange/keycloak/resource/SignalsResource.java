package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.door.OpenRealm;
import dev.socialexchange.keycloak.effect.ReceivedSignal;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.signal.Heard;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import dev.socialexchange.keycloak.signal.SignalVerifier;
import dev.socialexchange.keycloak.telemetry.Recorder;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * Where providers say by themselves what happens to people's accounts. The answer is the same whether somebody here has the account or not, and
 * it is good only when what follows is committed: a provider that hears nothing of it tells it again.
 */
public class SignalsResource {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private final KeycloakSession session;
    private final String alias;
    private final Throttling throttling;
    private final SignalAnswers answers;

    SignalsResource(KeycloakSession session, String alias) {
        this.session = session;
        this.alias = alias;
        this.throttling = new Throttling(session);
        this.answers = new SignalAnswers(session);
    }

    /** Of a provider that has one address only. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public Response receive(InputStream body) {
        return receive("", body);
    }

    /** @param name of the address, as the provider's descriptor has it */
    @POST
    @Path("{name}")
    @Consumes(MediaType.WILDCARD)
    public Response receive(@PathParam("name") String name, InputStream body) {
        try {
            return ForeignCode.request("signals of " + alias, () -> received(name, body));
        } catch (ExchangeException refused) {
            session.getTransactionManager().setRollbackOnly();
            RequestConnection.abandon(session);
            return answers.failure(refused);
        }
    }

    private Response received(String name, InputStream body) {
        OpenRealm.refusal(session).ifPresent(closed -> {
            throw closed;
        });
        throttling.admit();
        Optional<ExchangeIdentityProvider> provider = provider();
        Optional<String> address = provider.flatMap(found -> address(found, name));
        return address.isEmpty() ? answers.nothing() : received(provider.get(), address.get(), body);
    }

    private static Optional<String> address(ExchangeIdentityProvider provider, String name) {
        Set<String> all = provider.descriptor().signals().keySet();
        return name.isEmpty() && all.size() == 1
                ? all.stream().findFirst()
                : Optional.of(name).filter(all::contains);
    }

    /** One that is switched off says nothing, as far as anybody can see from outside. */
    private Optional<ExchangeIdentityProvider> provider() {
        IdentityProviderModel model = session.identityProviders().getByAlias(alias);
        return model == null || !model.isEnabled()
                ? Optional.empty()
                : ExchangeIdentityProviders.any(session, model)
                        .filter(ExchangeIdentityProvider::isUsable)
                        .filter(found -> found.settings().signals().mode() != SignalMode.OFF);
    }

    private Response received(ExchangeIdentityProvider provider, String name, InputStream body) {
        SignalAnswers.Rules rules = new SignalAnswers.Rules(
                provider.type(), provider.descriptor().signals().get(name));
        SignalBody sent = new SignalBody(session);
        RequestConnection.release(session); // keys may have to be loaded
        try {
            KeycloakSurroundings surroundings = new KeycloakSurroundings(session);
            Heard heard = new SignalVerifier(surroundings, provider, name, rules.signals()).hear(sent.read(body));
            if (heard instanceof Heard.Asked asked) {
                return answers.challenge(asked);
            }
            if (heard instanceof Heard.Late) {
                count(rules, "late");
                return answers.taken(rules, Optional.empty());
            }
            return answers.taken(
                    rules,
                    new ReceivedSignal(session, provider, ((Heard.Told) heard).signal()).take(rules.answersCode()));
        } catch (SignalRefusal refused) {
            count(rules, refused.detail());
            LOG.debugf("signal refused: provider=%s reason=%s", alias, refused.detail());
            throttle(rules, refused);
            return answers.refusal(rules, refused);
        }
    }

    /** A provider that tries us out would be answered 429 in the end, and take the address for one that does not listen. */
    private void throttle(SignalAnswers.Rules rules, SignalRefusal refused) {
        if (refused.isOfProbe(rules.signals())) {
            return;
        }
        ExchangeException counted =
                throttling.answerTo(ExchangeException.because(ExchangeError.TOKEN_INVALID, refused.detail()));
        if (counted.error() == ExchangeError.THROTTLED) {
            throw counted;
        }
    }

    private void count(SignalAnswers.Rules rules, String outcome) {
        session.getProvider(Recorder.class).signal(rules.type(), "none", outcome);
    }
}
