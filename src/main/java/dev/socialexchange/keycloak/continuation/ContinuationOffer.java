package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.door.ContinuationLink;
import dev.socialexchange.keycloak.login.AuthSessions;
import dev.socialexchange.keycloak.login.BrokeredPerson;
import dev.socialexchange.keycloak.login.Identities;
import dev.socialexchange.keycloak.login.LoginRequest;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.Urls;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Makes the link that continues a login in a browser, in a transaction of its own: the exchange is rolled back. */
public final class ContinuationOffer {
    /** Event detail: {@code offered}, or the constant that says why there is no link. */
    public static final String DETAIL = "interaction";

    private final KeycloakSession outer;
    private final EventBuilder event;

    /** @param event gets a detail that says why there is no link */
    public ContinuationOffer(KeycloakSession outer, EventBuilder event) {
        this.outer = outer;
        this.event = event;
    }

    /**
     * Throws away what the request's session has written.
     *
     * @return empty if the client may not continue, or could not come back
     */
    public Optional<ContinuationLink> make(BrokeredPerson person, LoginRequest wanted, ReturnAddress interaction) {
        RequestConnection.abandon(outer);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                outer.getKeycloakSessionFactory(),
                outer.getContext(),
                session -> attempt(session, person, wanted, interaction),
                "social exchange interaction");
    }

    private Optional<ContinuationLink> attempt(
            KeycloakSession session, BrokeredPerson person, LoginRequest wanted, ReturnAddress interaction) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = session.getContext().getClient();
        AuthorizationRules rules = new AuthorizationRules(session, client, wanted, interaction);
        Optional<String> obstacle = rules.obstacle();
        if (obstacle.isPresent()) {
            return none(obstacle.get());
        }
        BrokeredIdentityContext identity = new Identities(session).of(person, null);
        // asked again when the link is used; here only so that no link is given out which leads nowhere
        AuthenticationSessionModel probe = AuthSessions.create(session, wanted);
        identity.setAuthenticationSession(probe);
        obstacle = rules.obstacle(probe);
        Optional<VerifiedAccount> account = VerifiedAccount.of(realm, identity);
        AuthSessions.remove(session, probe);
        if (obstacle.isPresent() || account.isEmpty()) {
            return none(obstacle.orElse("identity_too_large"));
        }
        int lifespan = Math.min(realm.getAccessCodeLifespanUserAction(), ContinuationStore.MAX_LIFESPAN_SECONDS);
        Continuation continuation = new Continuation(realm.getId(), client.getId(), wanted, interaction, account.get());
        String secret = new ContinuationStore(session).keep(continuation, lifespan);
        event.detail(DETAIL, "offered");
        session.getProvider(Recorder.class).continuation("offered");
        return Optional.of(new ContinuationLink(uri(session, realm, secret), lifespan));
    }

    private Optional<ContinuationLink> none(String obstacle) {
        event.detail(DETAIL, obstacle);
        return Optional.empty();
    }

    private static String uri(KeycloakSession session, RealmModel realm, String secret) {
        return Urls.realmBase(session.getContext().getUri().getBaseUri())
                .path("{realm}/social-exchange/interaction/{id}")
                .build(realm.getName(), secret)
                .toString();
    }
}
