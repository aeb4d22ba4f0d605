package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.login.MarkedUser;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.signal.Signal;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A verified signal, taken once across the cluster. That it was is remembered only when what follows is committed: whoever dies before
 * leaves it to be told again, and whoever is told at the same moment says that it is to come later.
 */
public final class ReceivedSignal {
    /** The detail of a refusal: somebody else is at the same signal. */
    static final String CONTENDED = "signal_contended";

    /** Somebody else is at the same signal, or the same user: that is no failure, and passes. */
    private static final Set<String> CONTENTION = Set.of(CONTENDED, "link_contended");

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
                .of(answersCode, this::done, ReceivedSignal::isAboutSomebody);
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

    /** Whether a signal has to come again for no other reason than that somebody else was faster. */
    public static boolean isContended(ExchangeException refused) {
        return CONTENTION.contains(String.valueOf(refused.detail()));
    }

    /** Of strangers nothing is kept. */
    private static boolean isAboutSomebody(List<SignalEffects.Done> done) {
        return outcomes(done).anyMatch(outcome -> outcome != Outcome.UNKNOWN);
    }

    private static Stream<Outcome> outcomes(List<SignalEffects.Done> done) {
        return done.stream().flatMap(one -> one.outcomes().stream());
    }

    private List<SignalEffects.Done> done() {
        return signal.subjects().stream().flatMap(this::done).toList();
    }

    /** Of strangers nothing is waited for. */
    private Stream<SignalEffects.Done> done(String subject) {
        ExternalAccount account = new ExternalAccount(provider.getConfig().getAlias(), subject);
        Concerned concerned = new OwnTransaction(session).run(own -> Concerned.by(own, account));
        if (concerned.isNobody()) {
            return Stream.of(SignalEffects.Done.of(Outcome.UNKNOWN));
        }
        return Stream.concat(
                concerned.linked().stream().map(user -> ofLinked(user, account)),
                concerned.former().stream().map(user -> ofFormer(user, account)));
    }

    private SignalEffects.Done ofLinked(String userId, ExternalAccount account) {
        return ended(MarkedUser.changing(session, userId, (own, known) -> new SignalEffects(
                        own,
                        asLinkedNow(own, known, account),
                        provider.settings().signals(),
                        provider.descriptor().vouching().relayDomains(),
                        signal)
                .about(known)));
    }

    private SignalEffects.Done ofFormer(String userId, ExternalAccount account) {
        return ended(MarkedUser.changing(session, userId, (own, known) -> new FormerLinkEffects(
                        own, account, provider.settings().signals(), signal)
                .about(known)));
    }

    /** A login that was under way may have become a session until the commit; later ones look themselves. */
    private SignalEffects.Done ended(SignalEffects.Done done) {
        done.ending().ifPresent(ending -> new OwnTransaction(session).run(ending::end));
        return done;
    }

    /**
     * An account whose id has changed while this waited for the login that noticed it is the same account: a mark on the former id would be seen by
     * nobody. A link that is gone is meant by the id that it had, and so is one that the person has replaced by another account of theirs.
     */
    static ExternalAccount asLinkedNow(KeycloakSession own, UserModel user, ExternalAccount account) {
        UserModel linked = account.linkedUser(own);
        return linked != null && linked.getId().equals(user.getId())
                ? account
                : ExternalAccount.ofLink(own, user, account.alias())
                        .filter(link -> LinkMark.of(user, link).wasOf(account))
                        .orElse(account);
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
