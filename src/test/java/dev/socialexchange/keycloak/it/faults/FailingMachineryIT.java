package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.FailingAction;
import com.example.thirdparty.FailingEventStore;
import com.example.thirdparty.FailingListener;
import com.example.thirdparty.FailingTokenMapper;
import com.example.thirdparty.Fault;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows a login that has succeeded so far, and is somebody else's: required actions, mappers of tokens, ears for events. */
@OlderKeycloakOnDemand
class FailingMachineryIT {
    private static final FaultyRealm REALM = FaultyRealm.create();
    private static final String ALIAS = REALM.provider("acme");

    static {
        REALM.realm()
                .admin()
                .post(
                        "/authentication/register-required-action",
                        Map.of("providerId", FailingAction.ID, "name", "Failing action"));
        REALM.realm().admin().updateRealm(realm -> realm.putArray("eventsListeners")
                .add("jboss-logging")
                .add(FailingListener.ID));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void requiredActionThatFailsIsNamedAndLeavesNobody(Fault fault) {
        Person person = FaultyRealm.newPerson();
        TokenRequest request = REALM.request(ALIAS, person);
        attribute(FailingAction.AT_TRIGGERS, fault.name());
        FaultLog log = FaultLog.fromNow();

        Answer answer = request.send();

        attribute(FailingAction.AT_TRIGGERS, "");
        REALM.assertRefused(answer, fault, "required actions");
        log.assertTold(fault);
        assertMended(request, person);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.INCLUDE,
            names = {
                "NULL_POINTER",
                "WEB_APPLICATION_404",
                "ERROR_RESPONSE_403",
                "STACK_OVERFLOW",
                "CHECKED",
                "DATABASE_GONE"
            })
    void mapperOfTokensThatFailsIsNamedByItsClientAndLeavesNobody(Fault fault) {
        String uuid = REALM.realm().admin().clientUuid(Suite.SPA);
        String mappers = "/clients/" + uuid + "/protocol-mappers/models";
        REALM.realm()
                .admin()
                .post(
                        mappers,
                        Map.of(
                                "name",
                                fault.name(),
                                "protocol",
                                "openid-connect",
                                "protocolMapper",
                                FailingTokenMapper.ID,
                                "config",
                                Map.of(FailingTokenMapper.FAULT, fault.name())));
        String id = "";
        for (var mapper : REALM.realm().admin().get(mappers)) {
            id = mapper.path("name").asText().equals(fault.name())
                    ? mapper.path("id").asText()
                    : id;
        }
        Person person = FaultyRealm.newPerson();
        TokenRequest request = REALM.request(ALIAS, person);
        FaultLog log = FaultLog.fromNow();

        Answer answer = request.send();

        REALM.realm().admin().delete(mappers + "/" + id);
        REALM.assertRefused(answer, fault, "tokens of client " + Suite.SPA);
        log.assertTold(fault);
        assertMended(request, person);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NULL_POINTER", "STACK_OVERFLOW", "CHECKED", "DATABASE_GONE"})
    void pageOfAContinuationShowsNobodyWhatHasFailedAndTheEventNamesIt(Fault fault) {
        App app = App.of(REALM.realm(), client -> client.put("consentRequired", true));
        String alias = REALM.provider(
                "acme", provider -> provider.withObject("/config").put("exchangeClients", app.clientId()));
        Answer asked = app.continuable(Tokens.of(
                        REALM.realm()
                                .tokens()
                                .exchange(alias)
                                .as(app.clientId())
                                .scope("openid"),
                        RealHosts.providers(),
                        alias,
                        FaultyRealm.newPerson()))
                .send();
        assertThat(asked.errorReason()).as(asked.body()).isEqualTo("consent");
        Visitor visitor = new Visitor();
        String link = asked.text("interaction_uri");
        Map<String, String> form = Visitor.form(visitor.get(link));
        attribute(FailingAction.AT_TRIGGERS, fault.name());
        FaultLog log = FaultLog.fromNow();

        String page = visitor.post(link, form).body();

        attribute(FailingAction.AT_TRIGGERS, "");
        log.assertTold(fault);
        assertThat(page).contains("<html").doesNotContain(Fault.ADDRESS);
        assertThat(REALM.realm()
                        .admin()
                        .events("type=LOGIN_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .isEqualTo(fault == Fault.DATABASE_GONE ? "server_busy: database" : "setup_faulty: page of LOGIN");
    }

    @Test
    void listenerThatFailsKeepsNobodyOut() {
        for (Fault fault : Set.of(Fault.NULL_POINTER, Fault.LINKAGE)) {
            attribute(FailingListener.AT_EVENT, fault.name());

            REALM.login(ALIAS, FaultyRealm.newPerson());

            attribute(FailingListener.AT_EVENT, "");
        }
    }

    @Test
    void loginThatCannotBeWrittenDownIsNone() {
        for (Fault fault : List.of(Fault.ILLEGAL_STATE, Fault.STACK_OVERFLOW, Fault.DATABASE_GONE)) {
            Person person = FaultyRealm.newPerson();
            TokenRequest request = REALM.request(ALIAS, person);
            attribute(FailingEventStore.AT_EVENT, fault.name());

            Answer answer = request.send();

            attribute(FailingEventStore.AT_EVENT, "");
            FaultyRealm.assertContract(answer);
            assertThat(answer.errorReason()).isEqualTo(fault == Fault.DATABASE_GONE ? "server_busy" : "setup_faulty");
            assertMended(request, person);
        }
    }

    @Test
    void refusalThatCannotBeWrittenDownIsStillARefusal() {
        attribute(FailingEventStore.AT_EVENT, Fault.ILLEGAL_STATE.name());

        Answer answer = REALM.realm()
                .tokens()
                .exchange(ALIAS)
                .as(Suite.SPA)
                .origin(FaultyRealm.ORIGIN)
                .type(TokenType.ID_TOKEN)
                .subjectToken("no token")
                .send();

        attribute(FailingEventStore.AT_EVENT, "");
        FaultyRealm.assertContract(answer);
        assertThat(answer.errorReason()).as(answer.body()).isEqualTo("parameter_invalid");
    }

    private static void attribute(String name, String value) {
        REALM.realm().admin().updateRealm(realm -> realm.withObject("/attributes")
                .put(name, value));
    }

    private static void assertMended(TokenRequest request, Person person) {
        REALM.assertNobody(ALIAS, person);
        Answer mended = request.send();
        assertThat(mended.status()).as(mended.body()).isEqualTo(200);
    }
}
