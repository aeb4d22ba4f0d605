package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.RequestConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.resources.IdentityBrokerService;

/**
 * What is left of a session that has ended, for the apps that took part in it to be told: by the time anybody tells them, the session itself is gone.
 *
 * @param apps whom Keycloak tells from server to server
 * @param provider the alias of the one through which it was begun, where that is to be told as well
 */
record EndedSession(
        String id,
        String userId,
        String username,
        Map<String, String> notes,
        List<App> apps,
        Optional<String> provider) {

    /**
     * @param client its internal id
     * @param protocol Keycloak's name for it
     */
    record App(String client, String protocol, Map<String, String> notes) {

        static App of(AuthenticatedClientSessionModel part) {
            return new App(part.getClient().getId(), part.getProtocol(), Map.copyOf(part.getNotes()));
        }
    }

    static EndedSession of(UserSessionModel ending) {
        return new EndedSession(
                ending.getId(),
                ending.getUser().getId(),
                Objects.requireNonNullElse(ending.getLoginUsername(), ""),
                Map.copyOf(ending.getNotes()),
                ending.getAuthenticatedClientSessions().values().stream()
                        .filter(EndedSession::isTold)
                        .map(App::of)
                        .toList(),
                Optional.empty());
    }

    static EndedSession withProvider(UserSessionModel ending) {
        EndedSession ended = of(ending);
        return new EndedSession(
                ended.id,
                ended.userId,
                ended.username,
                ended.notes,
                ended.apps,
                Optional.ofNullable(ended.notes.get(Details.IDENTITY_PROVIDER)));
    }

    /** Who is to be told, each by itself. */
    List<BiConsumer<KeycloakSession, UserModel>> told() {
        Stream<BiConsumer<KeycloakSession, UserModel>> all =
                apps.stream().map(app -> (session, user) -> tell(app, session, user));
        return Stream.concat(all, provider.stream().map(alias -> (session, user) -> tell(alias, session, user)))
                .toList();
    }

    /** The others are told by browsers only, or are parts of Keycloak. */
    @Mirrors(type = "org.keycloak.services.managers.AuthenticationManager", methods = "backchannelLogoutClientSession")
    private static boolean isTold(AuthenticatedClientSessionModel part) {
        ClientModel client = part.getClient();
        return part.getProtocol() != null && client.isEnabled() && !client.isFrontchannelLogout();
    }

    /** Sends what the app's protocol says, to where the app has said. */
    private void tell(App app, KeycloakSession session, UserModel user) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel client = realm.getClientById(app.client());
        if (client == null) {
            return;
        }
        UserSessionModel copy = copy(session, user);
        AuthenticatedClientSessionModel part = session.sessions().createClientSession(realm, client, copy);
        part.setProtocol(app.protocol());
        app.notes().forEach(part::setNote);
        session.getContext().setClient(client);
        RequestConnection.release(session); // the app may take its time
        session.getProvider(LoginProtocol.class, app.protocol())
                .setRealm(realm)
                .setUriInfo(session.getContext().getUri())
                .backchannelLogout(copy, part);
    }

    /** A provider that is gone is told nothing. */
    @Mirrors(type = "org.keycloak.services.managers.AuthenticationManager", methods = "backchannelLogoutAll")
    private void tell(String alias, KeycloakSession session, UserModel user) {
        if (session.identityProviders().getByAlias(alias) == null) {
            return;
        }
        UserSessionModel copy = copy(session, user);
        UserAuthenticationIdentityProvider<?> told = IdentityBrokerService.getIdentityProvider(session, alias);
        RequestConnection.release(session);
        told.backchannelLogout(
                session,
                copy,
                session.getContext().getUri(),
                session.getContext().getRealm());
    }

    /** Never stored. */
    private UserSessionModel copy(KeycloakSession session, UserModel user) {
        UserSessionModel copy = session.sessions()
                .createUserSession(
                        id,
                        session.getContext().getRealm(),
                        user,
                        username,
                        "",
                        "",
                        false,
                        null,
                        null,
                        UserSessionModel.SessionPersistenceState.TRANSIENT);
        notes.forEach(copy::setNote);
        return copy;
    }
}
