package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.SignalSettings;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * A verified signal, taken once across the cluster. That it was is remembered only when what follows is committed: whoever dies before
 * leaves it to be told again, and whoever is told at the same moment says that it is to come later.
 */
public final class ReceivedSignal {
    private final KeycloakSession session;
    private final ExchangeIdentityProvider provider;
    private final Signal signal;

    /** @param session of the request, which does nothing of this itself */
    public ReceivedSignal(KeycloakSession session, ExchangeIdentityProvider provider, Signal signal) {
        this.session = session;
        this.provider = provider;
        this.signal = signal;
    }

    /**
     * @param answersCode whether a request to be forgotten is answered by what it goes by, whoever it is about
     * @return that code
     * @throws ExchangeException if it is to be told again
     */
    public Optional<String> take(boolean answersCode) {
        if (signal.events().isEmpty() || signal.subjects().isEmpty()) {
            count(List.of(Outcome.RECORDED));
            return Optional.empty();
        }
        Optional<List<SignalEffects.Done>> done = new TakenOnce(NodesOnce.of(session), key())
                .of(answersCode, () -> new OwnTransaction(session).run(this::done), ReceivedSignal::isAboutSomebody);
        if (done.isEmpty()) {
            session.getProvider(Recorder.class).usedBefore("signal");
            return Optional.empty();
        }
        count(outcomes(done.get()).toList());
        return answersCode
                ? done.get().stream()
                        .flatMap(one -> one.code().stream())
                        .findFirst()
                        .or(() -> Optional.of(new DeletionRequests(session).aboutNobody()))
                : Optional.empty();
    }

    /** Of strangers nothing is kept. */
    private static boolean isAboutSomebody(List<SignalEffects.Done> done) {
        return outcomes(done).anyMatch(outcome -> outcome != Outcome.UNKNOWN);
    }

    private static Stream<Outcome> outcomes(List<SignalEffects.Done> done) {
        return done.stream().flatMap(one -> one.outcomes().stream());
    }

    private List<SignalEffects.Done> done(KeycloakSession own) {
        SignalSettings settings = provider.settings().signals();
        SignalEffects effects = new SignalEffects(
                own,
                provider.getConfig().getAlias(),
                settings,
                provider.descriptor().vouching().relayDomains(),
                signal);
        List<SignalEffects.Done> done = new ArrayList<>();
        for (String subject : signal.subjects()) {
            done.add(known(effects, subject));
        }
        return done;
    }

    /** Nobody can say which of several users is meant, and telling it again does not help. */
    private static SignalEffects.Done known(SignalEffects effects, String subject) {
        try {
            return effects.about(subject);
        } catch (ExchangeException ambiguous) {
            if (ambiguous.error() != ExchangeError.ACCOUNT_AMBIGUOUS) {
                throw ambiguous;
            }
            return SignalEffects.Done.of(Outcome.UNKNOWN);
        }
    }

    private void count(List<Outcome> outcomes) {
        String event = signal.events().stream()
                .map(NeutralEvent::id)
                .sorted()
                .findFirst()
                .orElse("none");
        outcomes.forEach(outcome -> session.getProvider(Recorder.class).signal(provider.type(), event, outcome.id()));
    }

    private String key() {
        return "social-exchange:signal:"
                + Digests.sha256Base64Url(session.getContext().getRealm().getId()
                        + '\n'
                        + provider.getConfig().getInternalId()
                        + '\n'
                        + signal.id());
    }
}
