package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft publishes the keys of all tenants in one set, and says of some whose they are. */
class TenantKeysTest {
    private static final String KEYS = "https://login.microsoftonline.com/common/discovery/v2.0/keys";
    private static final Issuer TENANT = new Issuer("https://login.microsoftonline.com/t1/v2.0", "ms");
    private static final OfflineProvider MICROSOFT =
            OfflineProvider.ofType("microsoft", Map.of("clientId", "our-app", "clientSecret", "secret"));

    private final OfflineKeycloak keycloak = new OfflineKeycloak();

    @ParameterizedTest
    @ValueSource(
            strings = {"https://login.microsoftonline.com/{tenantid}/v2.0", "https://login.microsoftonline.com/t1/v2.0"
            })
    void keySignsForTheTenantsThatItIsPublishedFor(String issuer) {
        keycloak.answering(KEYS, 200, keySet(issuer));

        assertThatCode(() -> prove(keycloak, MICROSOFT, idToken(token()))).doesNotThrowAnyException();
    }

    @Test
    void keyOfAnotherTenantSignsNothingHere() {
        keycloak.answering(KEYS, 200, keySet("https://login.microsoftonline.com/t2/v2.0"));

        assertRefused(keycloak, MICROSOFT, idToken(token()), ExchangeError.TOKEN_INVALID, "key_unknown");
    }

    private static String keySet(String issuer) {
        return TENANT.keySet().replaceFirst("\\{\"keys\":\\[\\{", "{\"keys\":[{\"issuer\":\"" + issuer + "\",");
    }

    private static String token() {
        return TENANT.sign("s", "our-app", claims -> {
            claims.put("tid", "t1");
            claims.put("oid", "o1");
        });
    }
}
