package dev.socialexchange.keycloak.it.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Supabase's own client takes the door for Supabase: {@code src/test/supabase}, after {@code npm ci} there. */
@WithOneKeycloak
class SupabaseClientIT {
    private static final Path SCRIPT = Path.of("src/test/supabase");
    private static final String NONCE = "the-nonce-of-the-app";

    private final Person person = Suite.newPerson();

    @Test
    void itsClientSignsInRefreshesAndSignsOut() throws Exception {
        boolean installed = Files.isDirectory(SCRIPT.resolve("node_modules"));
        if (Boolean.getBoolean("supabase.required")) {
            assertThat(installed).as("npm ci in " + SCRIPT).isTrue();
        }
        assumeTrue(installed, "Supabase's client is not installed: npm ci in " + SCRIPT);
        OwnRealm realm = OwnRealm.create();
        App app = App.of(realm, client -> {
            client.withObject("/attributes").put("social-exchange.doors", "supabase");
            ObjectNode mapper = client.putArray("protocolMappers")
                    .addObject()
                    .put("name", "by whom")
                    .put("protocol", "openid-connect")
                    .put("protocolMapper", "oidc-usersessionmodel-note-mapper");
            mapper.putObject("config")
                    .put("user.session.note", "identity_provider")
                    .put("claim.name", "identity_provider")
                    .put("jsonType.label", "String")
                    .put("id.token.claim", "true")
                    .put("userinfo.token.claim", "true");
        });
        String acme = app.provider("acme");

        Map<String, JsonNode> told = run(Map.of(
                "url",
                new Doors(realm).uri("drop-in/supabase/" + app.clientId()).toString(),
                "provider",
                acme,
                "token",
                idToken(hashed(NONCE)),
                "nonce",
                NONCE,
                "bad",
                idToken(hashed("another"))));

        assertThat(told.get("refused").at("/error/status").asInt()).isEqualTo(400);
        assertThat(told.get("refused").at("/error/message").asText()).isEqualTo("Bad ID token");
        JsonNode signedIn = told.get("signed in");
        assertThat(signedIn.path("error").isNull()).as(signedIn.toString()).isTrue();
        String user = realm.linked(acme, person).path(0).path("id").asText();
        assertThat(signedIn.at("/user/id").asText()).isEqualTo(user).isNotEmpty();
        assertThat(signedIn.at("/user/email").asText()).isEqualTo(person.email());
        assertThat(signedIn.at("/user/app_metadata/provider").asText()).isEqualTo(acme);
        assertThat(Instant.parse(signedIn.at("/user/created_at").asText()))
                .isAfter(Instant.now().minusSeconds(60));
        JsonNode identity = signedIn.at("/user/identities/0");
        assertThat(identity.path("provider").asText()).isEqualTo(acme);
        assertThat(identity.path("user_id").asText()).isEqualTo(user);
        assertThat(told.get("user").at("/user/id").asText()).isEqualTo(user);
        assertThat(told.get("user").at("/user/identities/0/provider").asText()).isEqualTo(acme);
        assertThat(told.get("user").at("/user/created_at")).isEqualTo(signedIn.at("/user/created_at"));
        assertThat(told.get("refreshed").at("/user/app_metadata/provider").asText())
                .isEqualTo(acme);
        assertThat(told.get("refreshed").at("/session/refresh_token").asText()).isNotEmpty();
        assertThat(told.get("signed out").path("error").isNull()).isTrue();
        assertThat(realm.admin().sessions(user)).isEmpty();
        assertThat(told.get("refresh after").at("/error/code").asText()).isEqualTo("refresh_token_not_found");
        assertThat(told.get("user after").at("/error/code").asText()).isEqualTo("bad_jwt");
    }

    private static Map<String, JsonNode> run(Map<String, String> with) throws IOException, InterruptedException {
        Process node = new ProcessBuilder("node", "session.mjs", Json.write(with))
                .directory(SCRIPT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(output).isZero();
        Map<String, JsonNode> told = new LinkedHashMap<>();
        output.lines()
                .map(Json::lenient)
                .filter(line -> line.has("step"))
                .forEach(line -> told.put(line.path("step").asText(), line));
        return told;
    }

    private String idToken(String nonce) {
        return Suite.providers().acme().idToken("acme-client", person, claims -> claims.put("nonce", nonce));
    }

    private static String hashed(String nonce) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(nonce.getBytes(StandardCharsets.UTF_8)));
    }
}
