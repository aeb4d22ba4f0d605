package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.social.microsoft.MicrosoftIdentityProviderConfig;

/** What people read whose login in a browser is refused, and that nothing comes of it. */
class RefusedLoginTest {
    /** There is no server here by which an event could be stored. */
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private static final ExternalAccount ACCOUNT = new ExternalAccount("acme", "4711");

    private final List<String> written = new ArrayList<>();
    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, List<String>> attributes = new HashMap<>();
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getId", arguments -> "u",
                    "getAttributeStream",
                            arguments -> attributes.getOrDefault((String) arguments[0], List.of()).stream(),
                    "setAttribute",
                            arguments -> attributes.put(
                                    (String) arguments[0],
                                    ((List<?>) arguments[1])
                                            .stream().map(Object::toString).toList())));
    private AuthenticationSessionModel login = RealTypes.fake(
            AuthenticationSessionModel.class,
            Map.of(
                    "getAuthNote",
                    arguments -> notes.get((String) arguments[0]),
                    "setClientNote",
                    arguments -> null,
                    "getClient",
                    arguments -> RealTypes.fake(ClientModel.class, Map.of("getClientId", none -> "app"))));
    private String message;
    private int status;
    private final KeycloakSession session = session();
    private final EventBuilder event = new EventBuilder(session.getContext().getRealm(), session) {
        @Override
        public void error(String error) {
            Event sent = getEvent();
            written.add(sent.getType() + " " + error + " " + sent.getDetails().get("identity_provider") + " "
                    + sent.getDetails().get("reason"));
        }
    };

    private KeycloakSession session() {
        RealmModel realm = RealTypes.fake(
                RealmModel.class,
                Map.of(
                        "getId", arguments -> "realm",
                        "getName", arguments -> "realm",
                        "isEventsEnabled", arguments -> false,
                        "getEventsListenersStream", arguments -> Stream.empty()));
        KeycloakContext context = RealTypes.fake(
                KeycloakContext.class,
                Map.of(
                        "getRealm", arguments -> realm,
                        "getClient",
                                arguments -> RealTypes.fake(ClientModel.class, Map.of("getClientId", none -> "app")),
                        "getAuthenticationSession", arguments -> login,
                        "getConnection",
                                arguments -> RealTypes.fake(
                                        ClientConnection.class, Map.of("getRemoteHost", none -> "192.0.2.1"))));
        KeycloakSessionFactory factory = RealTypes.fake(
                KeycloakSessionFactory.class, Map.of("getProviderFactoriesStream", arguments -> Stream.empty()));
        KeycloakTransactionManager transactions = RealTypes.fake(
                KeycloakTransactionManager.class, Map.of("setRollbackOnly", arguments -> written.add("rolled back")));
        Map<String, Function<Object[], Object>> page = new HashMap<>();
        LoginFormsProvider form = RealTypes.fake(LoginFormsProvider.class, page);
        page.put("setAuthenticationSession", arguments -> form);
        page.put("setError", arguments -> {
            message = (String) arguments[0];
            return form;
        });
        page.put("setResponseHeader", arguments -> {
            written.add(arguments[0] + ": " + arguments[1]);
            return form;
        });
        page.put("createErrorPage", arguments -> {
            status = ((Response.Status) arguments[0]).getStatusCode();
            return null;
        });
        UserProvider users =
                RealTypes.fake(UserProvider.class, Map.of("getUserByFederatedIdentity", arguments -> null));
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "users", arguments -> users,
                        "getKeycloakSessionFactory", arguments -> factory,
                        "getTransactionManager", arguments -> transactions,
                        "getProvider", arguments -> arguments[0] == LoginFormsProvider.class ? form : null));
    }

    private BrokeredIdentityContext identity(long issued) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(ACCOUNT.alias());
        provider.setEnabled(true);
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider);
        identity.setId(ACCOUNT.id());
        identity.setAuthenticationSession(login);
        identity.getContextData().put("SOCIAL_EXCHANGE_ISSUED_AT", String.valueOf(issued));
        assertThat(BrokeredIdentities.issuedAt(identity)).contains(issued);
        return identity;
    }

    private void answered(ExchangeException refused) {
        AuthenticationCallback keycloaks =
                RealTypes.fake(AuthenticationCallback.class, Map.of("authenticated", arguments -> {
                    throw refused;
                }));
        new BrowserCallback(session, event, keycloaks).authenticated(identity(1));
    }

    @Test
    void accountOfWhichTheProviderHasSpokenMeanwhileSignsInOnceMore() {
        answered(ExchangeException.because(ExchangeError.TOKEN_INVALID, "revoked_by_provider"));

        assertThat(status).isEqualTo(403);
        assertThat(message).isEqualTo("socialExchange-signInAgain");
        assertThat(written)
                .containsExactly(
                        "rolled back", "IDENTITY_PROVIDER_LOGIN invalid_token acme token_invalid: revoked_by_provider");
    }

    @Test
    void userWhoIsBeingChangedJustNowTriesAgain() {
        answered(ExchangeException.busy("link_contended"));

        assertThat(status).isEqualTo(503);
        assertThat(message).isEqualTo("socialExchange-tryAgain");
        assertThat(written).hasSize(3).first().isEqualTo("rolled back");
        assertThat(written.get(1)).endsWith("acme server_busy: link_contended");
        assertThat(written).last().isEqualTo("Retry-After: 1");
    }

    /** Nobody is linked by the id that Keycloak has found somebody by: so there is no page that leads back. */
    @Test
    void suspendedAccountThatNoPageLeadsBackIsToldAllTheSame() {
        answered(ExchangeException.refuse(ExchangeError.LINK_SUSPENDED));

        assertThat(status).isEqualTo(403);
        assertThat(message).isEqualTo("socialExchange-accountSuspended");
        assertThat(written).first().isEqualTo("rolled back");
        assertThat(written).last().asString().endsWith("acme link_suspended");
    }

    /** Keycloak (26.7) would show what it shows of any fault. Without a server no page can be thrown, but it is made. */
    @Test
    void pageIsOursWhereKeycloakEndsAFirstLogin() {
        LinkMark.of(user, ACCOUNT).revokedAt(20).write(user);
        notes.put(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS, ACCOUNT.alias());

        assertThatThrownBy(() -> ClosedLink.refuse(session, user, identity(20)))
                .isNotInstanceOf(ExchangeException.class);

        assertThat(status).isEqualTo(403);
        assertThat(message).isEqualTo("socialExchange-signInAgain");
        assertThat(written).containsExactly("rolled back");
        assertThat(log.lines()).singleElement().asString().contains("event store");
    }

    /** An exchange, or a login that comes back from the provider. */
    @ParameterizedTest
    @ValueSource(strings = {"", "another"})
    void refusalIsLeftToWhoeverAnswersIt(String ended) {
        LinkMark.of(user, ACCOUNT).revokedAt(20).write(user);
        notes.put(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS, ended);

        assertThatThrownBy(() -> ClosedLink.refuse(session, user, identity(20)))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.detail())
                        .isEqualTo("revoked_by_provider"));

        assertThat(written).isEmpty();
    }

    @Test
    void accountWithoutAnIdIsNotTakenForTheProvidersFault() {
        RuntimeException gone = RefusedLogin.ofAnswer(
                session, ACCOUNT.alias(), ExchangeException.because(ExchangeError.TOKEN_INVALID, "iat_missing"));
        assertThat(gone).isInstanceOf(IdentityBrokerException.class);
        assertThat(written).isEmpty();

        assertThatThrownBy(() -> RefusedLogin.ofAnswer(
                        session,
                        ACCOUNT.alias(),
                        ExchangeException.because(ExchangeError.ACCOUNT_ID_UNUSABLE, "id_blank")))
                .isNotInstanceOf(IdentityBrokerException.class);

        assertThat(message).isEqualTo("socialExchange-accountIdUnusable");
        assertThat(log.lines()).singleElement().asString().contains("event store");
    }

    /** The first version of Keycloak's token exchange, for one, which would answer 500 to what it does not know. */
    @Test
    void blankIdIsRefusedWhereNobodyAnswersForUsInTheDoorsOwnForm() {
        login = null;
        BrokeredIdentityContext blank = identity(1);
        blank.setId(" ");

        assertThatThrownBy(() -> ClosedLink.refuse(session, user, blank)).isNotInstanceOf(ExchangeException.class);

        assertThat(written).containsExactly("rolled back");
        assertThat(log.lines()).singleElement().asString().contains("event store");
    }

    /** Microsoft writes its ids in two ways; Keycloak (26.7) takes what is thrown at the look-up for Microsoft's fault. */
    @Test
    void accountThatTwoUsersHaveByMicrosoftsOtherSpellingIsLeftForTheLoginToRefuse() {
        KeycloakContext context = session.getContext();
        UserProvider users = RealTypes.fake(UserProvider.class, Map.of("getUserByFederatedIdentity", arguments -> {
            if (((FederatedIdentityModel) arguments[1]).getUserId().equals("f1c2a9b0d3e4f56")) {
                throw new IllegalStateException("More results found for identityProvider=microsoft");
            }
            return null;
        }));
        KeycloakSession several = RealTypes.fake(
                KeycloakSession.class, Map.of("getContext", arguments -> context, "users", arguments -> users));
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias("microsoft");
        model.setEnabled(true);
        MicrosoftExchangeIdentityProvider microsoft =
                new MicrosoftExchangeIdentityProvider(several, new MicrosoftIdentityProviderConfig(model));

        BrokeredIdentityContext identity = microsoft.extractIdentityFromProfile(
                null, JsonNodeFactory.instance.objectNode().put("id", "0f1c2a9b0d3e4f56"));

        assertThat(identity.getId()).isEqualTo("f1c2a9b0d3e4f56");
        assertThatThrownBy(() -> new BrowserIdentity(several, identity))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                        .isEqualTo(ExchangeError.ACCOUNT_AMBIGUOUS));
    }
}
