package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.MessageStep;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody else's step may do what no rollback undoes: it waits for a browser unless the server's options name it. */
class ThirdPartyStepIT {

    @Test
    void stepThatNobodyNamedDoesNotRunAndAsksForABrowser() throws IOException {
        OwnRealm realm = RealHosts.realm();
        String alias = realm.providerWithFirstFlow("acme", realm.flow("message-step", "idp-create-user-if-unique"));
        long before = sent();
        int users = realm.admin().countUsers();

        Answer answer = exchange(realm, alias);

        assertThat(answer.errorReason()).as(answer.body()).isEqualTo("login_required");
        assertThat(realm.admin().countUsers()).isEqualTo(users);
        assertThat(sent()).isEqualTo(before);
    }

    @Test
    void stepThatTheServersOptionsNameRuns() throws IOException {
        OwnRealm realm = RealHosts.realm();
        String alias =
                realm.providerWithFirstFlow("acme", realm.flow("named-message-step", "idp-create-user-if-unique"));
        long before = sent();

        Answer answer = exchange(realm, alias);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(sent()).isGreaterThan(before);
    }

    private static Answer exchange(OwnRealm realm, String alias) {
        Person person = RealHosts.providers().people().add(Person.unknown("Zoë"));
        return Tokens.of(realm.tokens().exchange(alias).as(Suite.SPA), RealHosts.providers(), alias, person)
                .send();
    }

    private static long sent() throws IOException {
        try (Stream<String> lines = Files.lines(RealHosts.keycloak().log())) {
            return lines.filter(line -> line.contains(MessageStep.SENT)).count();
        }
    }
}
