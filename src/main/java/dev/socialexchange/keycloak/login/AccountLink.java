package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Links an external account to a user who is signed in, as {@code IdentityBrokerService.performAccountLinking} (26.7) does. */
@Mirrors(type = "org.keycloak.services.resources.IdentityBrokerService", methods = "performAccountLinking")
public final class AccountLink {
    private static final LoginRequest REQUEST = new LoginRequest("openid", null);

    private final KeycloakSession outer;
    private final EventBuilder event;

    public AccountLink(KeycloakSession session, EventBuilder event) {
        this.outer = session;
        this.event = event;
    }

    /** Refuses whom the realm does not let link anything; before the account is proven. */
    public void requireAllowed(UserModel user) {
        Availability.refusal(outer, user).ifPresent(refused -> {
            throw refused;
        });
        if (HomeBroker.manages(outer, user)) {
            throw notAllowed(HomeBroker.DETAIL);
        }
    }

    /**
     * @param signedIn how the user is
     * @return whether the link is new
     * @throws ExchangeException if the account is another user's, or the user has another account of this provider, or the account is suspended and nothing else proves who the
     *     user is
     */
    public boolean make(BrokeredPerson person, UserModel user, SignedIn signedIn) {
        BrokeredIdentityContext identity = new Identities(outer).of(person, null);
        event.detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        String organization = identity.getIdpConfig().getOrganizationId();
        if (organization != null && !organization.isBlank()) {
            throw notAllowed("provider_of_organization");
        }
        String userId = user.getId();
        LinkGuard guard = new LinkGuard(outer, outer.getContext().getRealm(), person.alias(), identity.getId());
        return guard.holding(
                () -> new OwnTransaction(outer).run(session -> make(session, guard, person, userId, signedIn)));
    }

    private static boolean make(
            KeycloakSession session, LinkGuard guard, BrokeredPerson person, String userId, SignedIn signedIn) {
        guard.holdUntilCommit(session);
        Identities identities = new Identities(session);
        AuthenticationSessionModel authSession = AuthSessions.create(session, REQUEST);
        BrokeredIdentityContext identity = identities.of(person, authSession);
        UserModel user = session.users().getUserById(session.getContext().getRealm(), userId);
        UserModel owner = identities.linkedUser(identity);
        if (user == null || owner != null && !owner.getId().equals(userId)) {
            throw ExchangeException.refuse(ExchangeError.LINKED_TO_ANOTHER_USER);
        }
        UserModel stored =
                MarkedUser.stored(session, userId); // a cache may not have heard of what was said a moment ago
        accounts(identity).forEach(account -> signedIn.requireMayLink(stored, account));
        if (owner == null) {
            link(session, identity, user);
        }
        reproven(session, identity, user);
        new KnownUser(session, identities).update(identity, user); // sync mode and mappers apply as at a login
        AuthSessions.remove(session, authSession);
        return owner == null;
    }

    /** By whoever is signed in otherwise; by the id that the account has, and by the one that it had, which the link may still have. */
    static void reproven(KeycloakSession session, BrokeredIdentityContext identity, UserModel user) {
        accounts(identity)
                .filter(account -> !ReprovenLinks.made(session, user, account))
                .findFirst()
                .ifPresent(contended -> {
                    throw ExchangeException.busy("link_contended");
                });
    }

    private static Stream<ExternalAccount> accounts(BrokeredIdentityContext identity) {
        return Stream.concat(Stream.of(ExternalAccount.of(identity)), ExternalAccount.before(identity).stream());
    }

    private static void link(KeycloakSession session, BrokeredIdentityContext identity, UserModel user) {
        String alias = identity.getIdpConfig().getAlias();
        FederatedIdentityModel other =
                session.users().getFederatedIdentity(session.getContext().getRealm(), user, alias);
        if (other != null) {
            throw ExchangeException.refuse(ExchangeError.ANOTHER_ACCOUNT_LINKED);
        }
        session.users().addFederatedIdentity(session.getContext().getRealm(), user, Identities.link(identity));
        LinkNotice.send(session, user, alias);
    }

    private static ExchangeException notAllowed(String detail) {
        return ExchangeException.because(ExchangeError.LINKING_NOT_ALLOWED, detail);
    }
}
