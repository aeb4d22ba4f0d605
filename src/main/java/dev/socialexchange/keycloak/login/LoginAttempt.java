package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/** One attempt at a login, in one transaction and with one authentication session, as in a browser. */
final class LoginAttempt {
    private final KeycloakSession session;
    private final BrokeredPerson person;
    private final EventBuilder event;
    private final LoginEvents events;
    private final Identities identities;
    private final AuthenticationSessionModel authSession;
    private final BrokeredIdentityContext identity;

    /** @param event of the exchange, in this session */
    LoginAttempt(
            KeycloakSession session,
            BrokeredPerson person,
            LoginRequest wanted,
            EventBuilder event,
            LoginEvents events) {
        this.session = session;
        this.person = person;
        this.event = event;
        this.events = events;
        SignalWatch.looksItself(session);
        this.identities = new Identities(session);
        this.authSession = AuthSessions.create(session, wanted);
        this.identity = identities.of(person, authSession);
        event.detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        if (Booleans.isTrue(identity.getIdpConfig().isLinkOnly())) {
            throw ExchangeException.refuse(ExchangeError.LINKING_ONLY);
        }
    }

    <T> LoginOutcome<T> ofSomebodyKnown(Function<BrokeredUser, T> tokens) {
        UserModel user = identities.linkedUser(identity);
        if (user == null) {
            undo();
            return new LoginOutcome.Unknown<>(identity.getId());
        }
        if (identities.isLinkedByFormerId(identity)) {
            name(user);
            requireAvailable(user);
            LinkInOrder.require(session, identity, user);
            if (Rehearsal.is(session)) { // no transaction of its own would be seen by the next one
                new KnownUser(session, identities).renumber(identity, user);
                return known(user, tokens);
            }
            undo();
            return new LoginOutcome.Renumbered<>(identity.getId());
        }
        return known(user, tokens);
    }

    /** @param guard keeps everybody else from linking this account, and is asked whether it still does */
    <T> LoginOutcome<T> ofAnybody(LinkGuard guard, Function<BrokeredUser, T> tokens) {
        UserModel user = identities.linkedUser(identity);
        if (user != null) {
            return known(user, tokens);
        }
        FirstLogin first = introduce(guard);
        return finished(first.identity(), first.created(), tokens);
    }

    /** The link of somebody known gets the id that the account has now, and nothing else happens. */
    LoginOutcome<Void> renumberingAlone(LinkGuard guard) {
        if (identities.isLinkedByFormerId(identity)) {
            guard.holdUntilCommit(session);
            new KnownUser(session, identities).renumber(identity, identities.linkedUser(identity));
        }
        return nobodyLoggedIn();
    }

    /** The first login, or the update of somebody linked meanwhile, without what would follow it. */
    LoginOutcome<Void> introductionAlone(LinkGuard guard) {
        if (identities.linkedUser(identity) == null) {
            introduce(guard);
            return nobodyLoggedIn();
        }
        return updateAlone();
    }

    /** The update of somebody known without what would follow it; nothing if nobody is any more. */
    LoginOutcome<Void> updateAlone() {
        UserModel user = identities.linkedUser(identity);
        if (user != null) {
            update(user);
        }
        return nobodyLoggedIn();
    }

    private LoginOutcome<Void> nobodyLoggedIn() {
        AuthSessions.remove(session, authSession);
        return new LoginOutcome.Done<>(null, Optional.empty());
    }

    private FirstLogin introduce(LinkGuard guard) {
        guard.holdUntilCommit(session);
        EventBuilder first = events.builder(session, EventType.IDENTITY_PROVIDER_FIRST_LOGIN)
                .detail(Details.IDENTITY_PROVIDER, person.alias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        FirstLoginCount count =
                new FirstLoginCount(session, identity.getIdpConfig().getProviderId());
        return count.of(() -> FirstLogin.run(session, identities, person, identity, authSession, first));
    }

    private <T> LoginOutcome<T> known(UserModel user, Function<BrokeredUser, T> tokens) {
        name(user);
        requireAvailable(user);
        LinkInOrder.require(session, identity, user);
        update(user);
        return finished(identity, false, tokens);
    }

    private void update(UserModel user) {
        authSession.setAuthenticatedUser(user);
        look(Look.PROFILE_UPDATE, identity.getIdpConfig()::getSyncMode);
        new KnownUser(session, identities).update(identity, user);
    }

    /** What comes after the person is known: all of it may refuse, and all of it may need the person. */
    private <T> LoginOutcome<T> finished(
            BrokeredIdentityContext reviewed, boolean created, Function<BrokeredUser, T> tokens) {
        UserModel user = authSession.getAuthenticatedUser();
        name(user);
        requireAvailable(user);
        try {
            new PostLoginFlow(session, person, event, authSession).run(reviewed, created);
            new BrokerNotes(authSession).note(reviewed, person);
            new Requirements(session).requireNone(authSession, event);
            long provenAt = ProvenAt.noted(authSession);
            T made = tokens.apply(new BrokeredUser(session, event, user, authSession, created));
            Arrival.note(session, user);
            event.success();
            MadeLogin login = new MadeLogin(
                    user.getId(),
                    person.alias(),
                    Optional.of(ExternalAccount.of(reviewed)),
                    provenAt,
                    event.getEvent().getSessionId());
            return new LoginOutcome.Done<>(made, Optional.of(login));
        } catch (ExchangeException refused) {
            if (!refused.browserHelps()) {
                throw refused;
            }
            undo();
            return new LoginOutcome.Asked<>(refused);
        }
    }

    private void look(Look at, Supplier<?> found) {
        Rehearsal.journal(session).look(at, () -> null, found);
    }

    private void name(UserModel user) {
        look(Look.LINKED_USER, user::getUsername);
        event.user(user).detail(Details.USERNAME, user.getUsername());
    }

    private void requireAvailable(UserModel user) {
        look(Look.ACCOUNT_AVAILABLE, () -> null);
        Availability.refusal(session, user).ifPresent(refused -> {
            throw refused;
        });
    }

    private void undo() {
        session.getTransactionManager().setRollbackOnly();
    }
}
