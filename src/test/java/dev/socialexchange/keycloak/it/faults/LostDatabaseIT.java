package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.FailingMapper;
import com.example.thirdparty.Fault;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that goes away within a login, or refuses what is to be written: nothing comes of it, and the token stays good. */
@OlderKeycloakOnDemand
class LostDatabaseIT {
    private static final FaultyRealm REALM = FaultyRealm.create();
    private static final String ALIAS =
            REALM.provider("google", provider -> provider.withObject("/config").put("exchangeNonce", "issued"));
    private static final ObjectNode MAPPER = REALM.mapper(ALIAS, FailingMapper.ID, Map.of());

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_LOST", "COMMIT_LOST"})
    void loginWhoseConnectionIsLostUsesUpNeitherTokenNorNonce(Fault fault) {
        Person person = FaultyRealm.newPerson();
        String nonce = new Doors(REALM.realm()).newNonce(Suite.SPA);
        Google google = RealHosts.providers().google();
        TokenRequest request = REALM.realm()
                .tokens()
                .exchange(ALIAS)
                .as(Suite.SPA)
                .origin(FaultyRealm.ORIGIN)
                .type(TokenType.ID_TOKEN)
                .param("nonce", nonce)
                .subjectToken(google.idToken(
                        google.clientId(), person, claims -> claims.put("nonce", Digests.sha256Base64Url(nonce))));
        configure(Map.of(FailingMapper.FAULT, fault.name(), FailingMapper.AT, FailingMapper.IMPORT));

        Answer lost = request.send();

        configure(Map.of());
        REALM.assertRefused(lost, fault, "");
        REALM.assertNobody(ALIAS, person);
        Answer mended = request.send();
        assertThat(mended.status()).as(mended.body()).isEqualTo(200);
        assertThat(request.send().errorReason()).as("once only").isIn("token_replayed", "nonce_not_issued");
    }

    @Test
    void whatAnotherUserHasIsNoOutageAndNoFaultOfTheSetUp() {
        String alias = REALM.provider("acme");
        REALM.mapper(
                alias,
                "hardcoded-attribute-idp-mapper",
                Map.of("attribute", "email", "attribute.value", "taken@example.org", "syncMode", "FORCE"));
        REALM.realm().user(Suite.unique("owner"), "taken@example.org", user -> {});
        Person person = FaultyRealm.newPerson();

        Answer answer = REALM.request(alias, person).send();

        FaultyRealm.assertContract(answer);
        assertThat(answer.status()).as(answer.body()).isNotEqualTo(503).isNotEqualTo(200);
        REALM.assertNobody(alias, person);
    }

    private static void configure(Map<String, String> settings) {
        REALM.configureMapper(ALIAS, MAPPER, settings);
    }
}
