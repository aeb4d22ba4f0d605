package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/** That the copy has all that Keycloak's own object has, also when a later Keycloak adds to it. */
class BrowserIdentityTest {

    @Test
    void everyFieldOfKeycloaksIdentityIsKnownHere() {
        List<String> fields = new ArrayList<>();
        for (Field field : BrokeredIdentityContext.class.getDeclaredFields()) {
            if (!field.isSynthetic()) { // such as the coverage agent's
                fields.add(field.getName());
            }
        }

        assertThat(fields)
                .containsExactlyInAnyOrder(
                        "id",
                        "legacyId",
                        "username",
                        "modelUsername",
                        "email",
                        "firstName",
                        "lastName",
                        "brokerSessionId",
                        "brokerUserId",
                        "token",
                        "idpConfig",
                        "idp",
                        "contextData",
                        "authenticationSession");
    }
}
