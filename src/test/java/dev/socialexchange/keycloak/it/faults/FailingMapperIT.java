package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.FailingMapper;
import com.example.thirdparty.Fault;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody else's mapper that fails in every way there is, wherever a mapper is asked for something. */
@OlderKeycloakOnDemand
class FailingMapperIT {
    private static final FaultyRealm REALM = FaultyRealm.create();
    private static final String ALIAS = REALM.provider("acme");
    private static final ObjectNode MAPPER = REALM.mapper(ALIAS, FailingMapper.ID, Map.of());

    static Stream<Arguments> faults() {
        return Stream.of(FailingMapper.PREPROCESS, FailingMapper.IMPORT, FailingMapper.UPDATE)
                .flatMap(place -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(fault, place)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("faults")
    void mapperThatFailsIsNamedAndLeavesNothing(Fault fault, String place) {
        Person person = FaultyRealm.newPerson();
        boolean known = place.equals(FailingMapper.UPDATE);
        configure(Map.of());
        if (known) {
            REALM.login(ALIAS, person);
        }
        TokenRequest request = REALM.request(ALIAS, person);
        configure(Map.of(FailingMapper.FAULT, fault.name(), FailingMapper.AT, place));
        FaultLog log = FaultLog.fromNow();

        Answer answer = request.send();

        REALM.assertRefused(answer, fault, "mapper " + MAPPER.path("name").asText() + " (failing-mapper)");
        log.assertTold(fault);
        if (!known) {
            REALM.assertNobody(ALIAS, person);
        }
        configure(Map.of());
        Answer mended = request.send();
        assertThat(mended.status()).as(mended.body()).isEqualTo(200);
    }

    private static void configure(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("syncMode", "FORCE");
        REALM.configureMapper(ALIAS, MAPPER, all);
    }
}
