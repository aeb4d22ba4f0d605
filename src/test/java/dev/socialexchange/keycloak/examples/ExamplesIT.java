package dev.socialexchange.keycloak.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.AdminShell;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenEndpoint;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The examples as their programs run them, and an exchange at the realm that comes of it. */
@NotInContainers
@WithOneKeycloak
class ExamplesIT {
    /** How keycloak-config-cli is called, such as {@code java -jar keycloak-config-cli.jar}: it is in no registry of packages. */
    private static final String CONFIG_CLI = System.getProperty("config-cli");

    private static final Map<String, String> FROM_OUTSIDE = Map.of(
            "SHOP_URL",
            "https://shop.example",
            "GOOGLE_CLIENT_ID",
            Google.CLIENT_ID,
            "GOOGLE_CLIENT_SECRET",
            "google-secret",
            "DISCORD_CLIENT_ID",
            Suite.providers().described("discord").clientId(),
            "DISCORD_CLIENT_SECRET",
            "discord-secret");

    private final AdminApi shop = Suite.keycloak().admin("shop");

    @TempDir
    Path folder;

    @AfterEach
    void removeTheRealm() {
        shop.delete("");
    }

    @Test
    void configCliImportsItAndImportsItAgain() throws IOException, InterruptedException {
        if (CONFIG_CLI == null) {
            shop.createRealm(Map.of("realm", "shop")); // which is going to be removed
            throw new TestAbortedException("keycloak-config-cli is not there: -Dconfig-cli='java -jar FILE'");
        }
        importByConfigCli();
        importByConfigCli();

        assertServes();
    }

    @Test
    void kcadmMakesIt() throws IOException {
        String exports = FROM_OUTSIDE.entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "='" + entry.getValue() + "'\n")
                .collect(Collectors.joining());

        AdminShell.run(Suite.keycloak(), exports + Example.text("kcadm/shop.sh"));

        assertServes();
    }

    @Test
    void realmOfTheOperatorsImportIsMade() {
        create(Example.yaml("operator/shop.yaml").path("spec").path("realm"), "${%s}");

        assertServes();
    }

    /** As a whole, by Keycloak itself: the program only adds the order. */
    @Test
    void realmOfConfigCliIsMade() {
        create(Example.yaml("config-cli/shop.yaml"), "$(env:%s)");

        assertServes();
    }

    private void create(JsonNode realm, String placeholder) {
        String resolved = realm.toString();
        for (Map.Entry<String, String> entry : FROM_OUTSIDE.entrySet()) {
            resolved = resolved.replace(placeholder.formatted(entry.getKey()), entry.getValue());
        }
        shop.createRealm(Json.lenient(resolved));
    }

    private void importByConfigCli() throws IOException, InterruptedException {
        Path output = folder.resolve("config-cli.log");
        List<String> command = new ArrayList<>(List.of(CONFIG_CLI.split(" ")));
        command.add("--keycloak.url=" + Suite.keycloak().url());
        command.add("--keycloak.user=" + Suite.keycloak().adminCredentials().username());
        command.add("--keycloak.password=" + Suite.keycloak().adminCredentials().password());
        command.add("--import.var-substitution.enabled=true");
        command.add("--import.cache.enabled=false");
        command.add("--import.files.locations=" + Example.FOLDER.resolve("config-cli/shop.yaml"));
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        program.environment().putAll(FROM_OUTSIDE);

        int exit = program.start().waitFor();

        assertThat(exit).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
    }

    /** A new user comes by Google, and another by Discord. */
    private void assertServes() {
        TokenEndpoint tokens = new TokenEndpoint(Suite.keycloak().url(), "shop");
        Google google = Suite.providers().google();

        Answer byGoogle = tokens.exchange("google")
                .as("shop-spa")
                .type(TokenType.ID_TOKEN)
                .subjectToken(google.idToken(
                        Google.CLIENT_ID, newPerson(), claims -> claims.put("nonce", "n-1"), header -> {}))
                .param("nonce", "n-1")
                .send();
        Answer byDiscord = tokens.exchange("discord")
                .as("shop-spa")
                .type(TokenType.ACCESS_TOKEN)
                .subjectToken(Suite.providers()
                        .described("discord")
                        .accessToken(FROM_OUTSIDE.get("DISCORD_CLIENT_ID"), newPerson()))
                .send();

        assertThat(List.of(byGoogle, byDiscord)).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("user_created").asBoolean()).isTrue();
        });
    }

    private static Person newPerson() {
        String name = Suite.unique("person");
        return Suite.providers()
                .people()
                .add(Person.unknown("Zoë")
                        .withUsername(name)
                        .withEmail(name + "@example.org", true)
                        .withName("Zoë Anna", "Novák"));
    }
}
