package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;

/** What signals have left on a link whose account has another id now. */
class MarksOfMovedLinksTest {
    private static final ExternalAccount BEFORE = new ExternalAccount("apple", "before");
    private static final ExternalAccount AFTER = new ExternalAccount("apple", "after");

    private final Set<String> claimed = new HashSet<>();
    private final Map<String, Object> sessionAttributes = new HashMap<>();
    private final List<KeycloakTransaction> afterwards = new ArrayList<>();
    /** As the realm has it, whichever directory the user is of. */
    private final Map<String, List<String>> stored = new HashMap<>();

    private final UserModel copy = user(Map.of("setAttribute", arguments -> {
        stored.put((String) arguments[0], strings((List<?>) arguments[1]));
        return null;
    }));
    /** Of a directory that lets nothing be written. */
    private final UserModel member = user(Map.of("setAttribute", arguments -> {
        throw new ReadOnlyException("read-only");
    }));
    /** What a cache has, which has not heard of anything. */
    private final UserModel stale = RealTypes.fake(
            UserModel.class, Map.of("getId", arguments -> "u", "getAttributeStream", arguments -> Stream.empty()));

    /** Whether the realm has a copy of the directory's user. */
    private boolean kept = true;

    private final KeycloakSession session = session();

    private UserModel user(Map<String, Function<Object[], Object>> more) {
        Map<String, Function<Object[], Object>> methods = new HashMap<>(more);
        methods.put("getId", arguments -> "u");
        methods.put("getFederationLink", arguments -> "directory");
        methods.put("getAttributeStream", arguments -> stored.getOrDefault((String) arguments[0], List.of()).stream());
        return RealTypes.fake(UserModel.class, methods);
    }

    private static List<String> strings(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private KeycloakSession session() {
        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of("getId", arguments -> "realm"));
        RootAuthenticationSessionModel tab =
                RealTypes.fake(RootAuthenticationSessionModel.class, Map.of("getId", arguments -> "tab"));
        AuthenticationSessionModel login = RealTypes.fake(
                AuthenticationSessionModel.class,
                Map.of("getAuthNote", arguments -> null, "getParentSession", arguments -> tab));
        UserSessionProvider nobodySignedIn =
                RealTypes.fake(UserSessionProvider.class, Map.of("getUserSession", arguments -> null));
        KeycloakContext context = RealTypes.fake(
                KeycloakContext.class,
                Map.of("getRealm", arguments -> realm, "getAuthenticationSession", arguments -> login));
        SingleUseObjectProvider once = RealTypes.fake(
                SingleUseObjectProvider.class,
                Map.of(
                        "putIfAbsent", arguments -> claimed.add((String) arguments[0]),
                        "contains", arguments -> claimed.contains((String) arguments[0]),
                        "remove",
                                arguments -> {
                                    claimed.remove((String) arguments[0]);
                                    return Map.of();
                                }));
        KeycloakTransactionManager transactions = RealTypes.fake(
                KeycloakTransactionManager.class,
                Map.of("enlistPrepare", arguments -> null, "enlistAfterCompletion", arguments -> {
                    afterwards.add((KeycloakTransaction) arguments[0]);
                    return null;
                }));
        UserProvider users = RealTypes.fake(UserProvider.class, Map.of("getUserById", arguments -> member));
        UserProvider local = RealTypes.fake(UserProvider.class, Map.of("getUserById", arguments -> kept ? copy : null));
        LoginMemory memory = new LoginMemory();
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "singleUseObjects", arguments -> once,
                        "getTransactionManager", arguments -> transactions,
                        "users", arguments -> users,
                        "sessions", arguments -> nobodySignedIn,
                        "getAttribute", arguments -> sessionAttributes.get((String) arguments[0]),
                        "setAttribute", arguments -> sessionAttributes.put((String) arguments[0], arguments[1]),
                        "getProvider",
                                arguments -> arguments[0] == LoginMemory.class
                                        ? memory
                                        : arguments[0] == UserProvider.class ? local : null));
    }

    private void renumbered() {
        RenumberedLinks listener = new RenumberedLinks();
        FederatedIdentityModel before = new FederatedIdentityModel("apple", BEFORE.id(), "ada");
        FederatedIdentityModel after = new FederatedIdentityModel("apple", AFTER.id(), "ada");
        listener.onEvent(RealTypes.fake(
                FederatedIdentityRemovedEvent.class,
                Map.of(
                        "getKeycloakSession", arguments -> session,
                        "getUser", arguments -> stale,
                        "getFederatedIdentity", arguments -> before)));
        listener.onEvent(RealTypes.fake(
                FederatedIdentityCreatedEvent.class,
                Map.of(
                        "getKeycloakSession", arguments -> session,
                        "getUser", arguments -> stale,
                        "getFederatedIdentity", arguments -> after)));
    }

    private LinkMark mark(ExternalAccount account) {
        return LinkMark.of(copy, account);
    }

    @Test
    void suspensionGoesAlongThoughTheCacheHasNotHeardOfItAndTheDirectoryLetsNothingBeWritten() {
        mark(BEFORE).suspendedAt(20).revokedAt(20).write(copy);

        renumbered();

        assertThat(mark(AFTER).isSuspended()).isTrue();
        assertThat(mark(AFTER).precedes(20)).isTrue();
    }

    /** A signal about the former id may be waiting for this very login. */
    @Test
    void formerIdIsNotedWhateverHasBeenSaidOfIt() {
        renumbered();

        assertThat(mark(AFTER).wasOf(BEFORE)).isTrue();
        assertThat(mark(AFTER).wasOf(AFTER)).isFalse();
        assertThat(mark(BEFORE).wasOf(AFTER)).isFalse();
    }

    @Test
    void linkGetsItsNewIdWhereNothingCanBeWrittenAndNothingWasSaid() {
        kept = false;

        renumbered();

        assertThat(stored).isEmpty();
    }

    @Test
    void markThatTheNewIdHasAlreadyIsNotWrittenOver() {
        mark(AFTER).suspendedAt(30).write(copy);
        mark(BEFORE).revokedAt(20).write(copy);

        renumbered();

        assertThat(mark(AFTER).isSuspended()).isTrue();
        assertThat(mark(AFTER).precedes(20)).isTrue();
    }

    @Test
    void nothingIsWrittenWhileSomethingIsBeingSaidOfTheUser() {
        mark(BEFORE).suspendedAt(20).write(copy);
        LinkGuard other = LinkGuard.ofMarks(session, session.getContext().getRealm(), "u");
        assertThat(other.tryAcquire()).isTrue();

        assertThatThrownBy(this::renumbered)
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.detail())
                        .isEqualTo("link_contended"));
        other.release();
        renumbered();
        assertThat(mark(AFTER).isSuspended()).isTrue();
    }

    @Test
    void nobodyElseChangesMarksUntilTheTransactionHasEnded() {
        renumbered();
        LinkGuard other = LinkGuard.ofMarks(session, session.getContext().getRealm(), "u");
        assertThat(other.tryAcquire()).isFalse();

        afterwards.forEach(transaction -> {
            transaction.begin();
            transaction.commit();
        });

        assertThat(other.tryAcquire()).isTrue();
    }

    /** The link would be there, and still sign nobody in, although its person has just proven the account. */
    @Test
    void linkIsNotMadeAgainWhileSomethingIsBeingSaidOfTheUser() {
        mark(AFTER).suspendedAt(20).write(copy);
        LinkGuard other = LinkGuard.ofMarks(session, session.getContext().getRealm(), "u");
        assertThat(other.tryAcquire()).isTrue();

        assertThatThrownBy(this::madeAgain)
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.detail())
                        .isEqualTo("link_contended"));
        other.release();
        madeAgain();
        assertThat(mark(AFTER).isSuspended()).isFalse();
    }

    private void madeAgain() {
        new ReprovenLinks()
                .onEvent(RealTypes.fake(
                        FederatedIdentityCreatedEvent.class,
                        Map.of(
                                "getKeycloakSession", arguments -> session,
                                "getRealm", arguments -> session.getContext().getRealm(),
                                "getUser", arguments -> copy,
                                "getFederatedIdentity",
                                        arguments -> new FederatedIdentityModel("apple", AFTER.id(), "ada"))));
    }

    /** Whoever is signed in otherwise has proven the account by both of its ids; the link may have either. */
    @Test
    void linkingAgainResumesByTheIdThatTheAccountHadAsWell() {
        mark(BEFORE).suspendedAt(20).write(copy);
        mark(AFTER).suspendedAt(30).write(copy);
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias("apple");
        provider.setEnabled(true);
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider);
        identity.setId(AFTER.id());
        identity.setLegacyId(BEFORE.id());

        AccountLink.reproven(session, identity, copy);

        assertThat(mark(BEFORE).isSuspended()).isFalse();
        assertThat(mark(AFTER).isSuspended()).isFalse();
    }
}
