package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.proof.Proof;
import dev.socialexchange.keycloak.proof.SingleUse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;

class ProvenPersonTest {
    private final List<String> done = new ArrayList<>();
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();

    @Test
    void tokenIsGoodAgainWhenTheRequestItselfCannotBeCommitted() {
        answer();
        assertThat(done).containsExactly("kept");

        afterCompletion.forEach(KeycloakTransaction::rollback);

        assertThat(done).containsExactly("kept", "released");
    }

    @Test
    void tokenStaysUsedOnceTheRequestIsCommitted() {
        answer();

        afterCompletion.forEach(KeycloakTransaction::commit);

        assertThat(done).containsExactly("kept");
    }

    @Test
    void tokenIsGoodAgainWhenNothingHasComeOfIt() {
        person().close();

        assertThat(done).containsExactly("released");
    }

    private void answer() {
        try (ProvenPerson person = person()) {
            person.keep();
            person.use();
        }
        afterCompletion.forEach(KeycloakTransaction::begin);
    }

    private ProvenPerson person() {
        KeycloakTransactionManager manager = fake(KeycloakTransactionManager.class, "enlistAfterCompletion");
        KeycloakSession session = (KeycloakSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeycloakSession.class}, (self, method, given) -> manager);
        SingleUse.Claim claim = new SingleUse.Claim() {
            @Override
            public void keep() {
                done.add("kept");
            }

            @Override
            public void release() {
                done.add("released");
            }
        };
        return new ProvenPerson(session, new Proof(null, Proof.Method.JWKS, claim, Optional.empty()), null);
    }

    private <T> T fake(Class<T> type, String only) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    assertThat(method.getName()).isEqualTo(only);
                    afterCompletion.add((KeycloakTransaction) given[0]);
                    return null;
                }));
    }
}
