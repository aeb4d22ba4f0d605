package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.DpopKey;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;

/** RFC 9449: tokens that only the holder of a key can use. */
class DpopIT {

    @Test
    void bindsAccessAndRefreshTokenOfPublicClientToTheKey() throws JOSEException {
        Door door = Door.open();
        ECKey key = key();

        Answer answer = door.exchange(Suite.newPerson())
                .scope("openid")
                .header("DPoP", proof(key))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.claims().at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
        assertThat(Json.claims(answer.refreshToken()).at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
        assertThat(refresh(door, answer, null).error()).isEqualTo("invalid_grant");
        assertThat(refresh(door, answer, key()).error()).isEqualTo("invalid_grant");
        Answer refreshed = refresh(door, answer, key);
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.claims().at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
    }

    @Test
    void bindsOnlyTheAccessTokenOfConfidentialClient() throws JOSEException {
        Door door = Door.confidential();
        ECKey key = key();

        Answer answer =
                door.exchange(Suite.newPerson()).header("DPoP", proof(key)).send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.claims().at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
        assertThat(Json.claims(answer.refreshToken()).has("cnf")).isFalse();
        assertThat(refresh(door, answer, null).status()).isEqualTo(200);
    }

    @Test
    void bindsTransientAccessToken() throws JOSEException {
        Door door = Door.open();
        ECKey key = key();

        Answer answer = door.exchange(Suite.newPerson())
                .requested(TokenType.ACCESS_TOKEN)
                .header("DPoP", proof(key))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("token_type")).isEqualTo("DPoP");
        assertThat(answer.claims().at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
    }

    @Test
    void bindsOfflineTokenOfPublicClient() throws JOSEException {
        Door door = Door.open();
        ECKey key = key();

        Answer answer = door.exchange(Suite.newPerson())
                .scope("offline_access")
                .header("DPoP", proof(key))
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Json.claims(answer.refreshToken()).at("/cnf/jkt").asText()).isEqualTo(thumbprint(key));
        assertThat(refresh(door, answer, null).error()).isEqualTo("invalid_grant");
    }

    @Test
    void keycloakRefusesProofThatWasUsedBefore() throws JOSEException {
        Door door = Door.open();
        String proof = proof(key());
        Person person = Suite.newPerson();

        door.exchange(Suite.newPerson()).header("DPoP", proof).send();
        Answer replayed = door.exchange(person).header("DPoP", proof).send();

        assertKeycloaksRefusal(door, person, replayed);
    }

    @Test
    void keycloakRefusesClientThatMustProveAKeyAndDoesNot() {
        Door door = Door.open(client -> client.withObject("/attributes").put("dpop.bound.access.tokens", "true"));
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).send();

        assertKeycloaksRefusal(door, person, answer);
    }

    private static void assertKeycloaksRefusal(Door door, Person person, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).contains("DPoP");
        assertThat(answer.json().has("error_reason")).isFalse();
        assertThat(Suite.linked(door.alias(), person.id())).isEmpty();
    }

    private static Answer refresh(Door door, Answer answer, ECKey key) throws JOSEException {
        var request = door.authenticated(Suite.tokens().refresh(answer.refreshToken()));
        return (key == null ? request : request.header("DPoP", proof(key))).send();
    }

    private static ECKey key() throws JOSEException {
        return DpopKey.make();
    }

    private static String thumbprint(ECKey key) throws JOSEException {
        return key.computeThumbprint().toString();
    }

    private static String proof(ECKey key) throws JOSEException {
        return DpopKey.proof(key, "POST", Suite.tokens().uri(), null);
    }
}
