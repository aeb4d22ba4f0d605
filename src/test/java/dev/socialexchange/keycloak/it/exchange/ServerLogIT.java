package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server writes down, which more people read than may read a token. */
class ServerLogIT {
    private static final String GOOGLE_CLIENT = "google-client.apps.googleusercontent.com";
    private static final String INTERNAL_SPI_NOTICE = "KC-SERVICES0047";
    private static final String BROKEN = "/" + Suite.BROKEN_DESCRIPTOR + ".yaml, line ";

    @Test
    void buildAndStartWarnOfNothingButInternalInterfaces() throws IOException {
        Suite.keycloak();
        List<String> start = log().stream()
                .takeWhile(line -> !line.contains("Profile prod activated"))
                .toList();

        List<String> ours = start.stream()
                .filter(line -> !line.contains(BROKEN))
                .filter(line -> line.contains("socialexchange") || line.contains("social-exchange"))
                .filter(line -> !line.contains("run time options were found")) // the suite's options, by their names
                .toList();
        List<String> unexpected = start.stream()
                .filter(line -> !line.contains(BROKEN))
                .filter(line -> line.matches("(?s).*\\b(WARN|ERROR|FATAL|WARNING|Exception|Error)\\b.*"))
                .filter(line -> !line.contains(INTERNAL_SPI_NOTICE))
                .filter(line -> !line.contains("Deprecated features")) // Keycloak's own defaults
                .filter(line -> !line.contains("HTTPS not enabled")) // the suite's server, not the extension
                .filter(line ->
                        !line.contains("InetAddress.getLocalHost()")) // a machine that cannot resolve its own name
                .toList();

        assertThat(ours).isNotEmpty().allMatch(line -> line.contains(INTERNAL_SPI_NOTICE));
        assertThat(unexpected).isEmpty();
    }

    @Test
    void descriptorWithAMistakeIsOneLine() throws IOException {
        Suite.keycloak();

        assertThat(log().stream().filter(line -> line.contains(BROKEN)))
                .singleElement()
                .asString()
                .contains("ERROR", BROKEN + "4: identity.mail: unknown key");
    }

    @Test
    void neitherTokensNorAddressesAreLogged() throws IOException {
        List<String> secrets = new ArrayList<>();
        Door acme = Door.confidential();
        Door google = Door.like("google");
        Person person = Suite.newPerson();

        // good, used twice, for another app, broken, unreachable
        String idToken = Door.idToken(person);
        Answer answer = idToken(acme, idToken, secrets);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(idToken(acme, idToken, secrets).errorReason()).isEqualTo("token_replayed");
        idToken(acme, Suite.providers().acme().idToken("another-app", person), secrets);
        idToken(acme, idToken.substring(0, idToken.length() - 4) + "AAAA", secrets);
        Person another = Suite.newPerson();
        String accessToken = Suite.providers().google().accessToken(GOOGLE_CLIENT, another);
        assertThat(accessToken(google, accessToken, secrets).status()).isEqualTo(200);
        accessToken(google, "ya29.not-one-of-googles-own", secrets);
        String unreachable = Suite.providers().google().accessToken(GOOGLE_CLIENT, person);
        Suite.providers()
                .fault("oauth2.googleapis.com", "/tokeninfo", Fault.cut().forToken(unreachable));
        assertThat(accessToken(google, unreachable, secrets).status()).isEqualTo(503);
        String code = "code-that-was-never-issued";
        String verifier = "verifier-of-the-code-with-43-characters-or-more";
        acme.request()
                .subjectToken(code)
                .type(TokenType.AUTHORIZATION_CODE)
                .param("code_verifier", verifier)
                .param("redirect_uri", "https://front.example/cb?secret=in-the-query")
                .send();
        acme.exchange(person).param("nonce", "nonce-that-nobody-asked-for").send();
        secrets.addAll(List.of(code, verifier, "in-the-query", "nonce-that-nobody-asked-for"));
        secrets.addAll(List.of(answer.accessToken(), answer.refreshToken(), signature(answer.accessToken())));
        secrets.addAll(List.of(acme.secret(), "acme-secret", "google-secret", person.email(), another.email()));

        String log = String.join("\n", log());

        assertThat(log).contains(acme.clientId(), "token_replayed"); // the refusals themselves are there
        assertThat(secrets)
                .allSatisfy(
                        secret -> assertThat(log.contains(secret)).as(secret).isFalse());
    }

    private static Answer idToken(Door door, String token, List<String> secrets) {
        secrets.add(token);
        secrets.add(signature(token));
        return door.request().subjectToken(token).type(TokenType.ID_TOKEN).send();
    }

    private static Answer accessToken(Door door, String token, List<String> secrets) {
        secrets.add(token);
        return door.request().subjectToken(token).type(TokenType.ACCESS_TOKEN).send();
    }

    private static String signature(String jwt) {
        return jwt.substring(jwt.lastIndexOf('.') + 1);
    }

    private static List<String> log() throws IOException {
        return Files.readAllLines(Suite.keycloak().log());
    }
}
