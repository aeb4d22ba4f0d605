package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.DocumentedScript;
import dev.socialexchange.keycloak.it.support.LoginPage;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Removal;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.type.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of a Keycloak that the jar is taken out of: what breaks, how to find it, how to undo it. */
@OlderKeycloakOnDemand
@NotInContainers
class RemovalIT {
    private static final String FLOW = "social exchange first login";
    private static final String STEPS = "/authentication/flows/" + FLOW.replace(" ", "%20") + "/executions";
    private static final List<String> SCRIPTS = DocumentedScript.of("docs/operations.md");
    private static final List<String> FAULTS = List.of(
            "Failed to find LOGIN theme social-exchange",
            "Couldn't find a suitable identity provider factory for discord",
            "Cannot find authentication provider implementation with provider ID 'social-exchange-");

    /** One test, since each of its servers takes a minute to build. */
    @Test
    void whatTheDocumentationListsIsWhatBreaksWithoutTheJarAndNothingIsLeftOnceItIsUndone() {
        try (Removal removal = new Removal()) {
            OwnRealm with = OwnRealm.create(removal.server(), Suite.providers().url(), realm -> {});
            LoginPage.addEveryType(with);
            String stepping = with.providerWithFirstFlow("acme", FLOW);
            String client = with.admin()
                    .createClient(Map.of(
                            "clientId",
                            "themed",
                            "publicClient",
                            true,
                            "attributes",
                            Map.of("login_theme", "social-exchange")));

            List<String> listed = removal.administer(SCRIPTS.get(0));
            List<String> steps =
                    listed.stream().filter(line -> line.contains(": step ")).toList();
            List<String> others =
                    listed.stream().filter(line -> !steps.contains(line)).toList();

            assertSteps(with, steps);
            assertThat(others).containsExactlyInAnyOrderElementsOf(expected(with, client));

            removal.takeOutTheJar();
            OwnRealm without = with.at(removal.server());

            assertThat(removal.administer(SCRIPTS.get(0)))
                    .as("without the jar the steps are not found")
                    .containsAll(others)
                    .doesNotContainAnyElementsOf(steps);
            assertBroken(without, stepping);
            assertThat(removal.log()).contains(FAULTS);

            removal.administer(listed.stream()
                    .map(line -> undoing(with.name(), line))
                    .collect(Collectors.joining("\n", "set -e\n", "")));
            int undone = removal.log().length();

            assertThat(LoginPage.of(without).hasButton("google")).isTrue();
            assertThat(without.admin().get(STEPS)).isNotEmpty();
            assertThat(aliases(without)).contains("google", stepping).doesNotContain("of-discord", "custom");
            assertThat(signIn(without, stepping, Suite.newPerson()).status()).isEqualTo(200);
            assertThat(removal.log().substring(undone))
                    .doesNotContain(FAULTS)
                    .doesNotContain(" ERROR ")
                    .doesNotContain(" WARN ");
        }
    }

    private static void assertSteps(OwnRealm realm, List<String> steps) {
        assertThat(steps)
                .hasSize(2)
                .allMatch(line -> line.matches(realm.name() + ": step [0-9a-f-]{36} \\(.+\\) of the flow " + FLOW))
                .anyMatch(line -> line.contains("(social-exchange-allow-list)"))
                .anyMatch(line -> line.contains("(social-exchange-link-by-email)"));
    }

    private static List<String> expected(OwnRealm realm, String client) {
        List<String> expected = new ArrayList<>();
        Catalogue.descriptors().forEach(type -> expected.add("provider of-%1$s (%1$s)".formatted(type.id())));
        expected.add("provider custom (social-custom)");
        expected.add("theme of the realm");
        expected.add("theme of the client " + client + " (themed)");
        expected.replaceAll(line -> realm.name() + ": " + line);
        return expected;
    }

    private static void assertBroken(OwnRealm realm, String stepping) {
        LoginPage page = LoginPage.of(realm);
        assertThat(page.hasButton("google")).isTrue();
        assertThat(page.hasButton("custom")).isFalse();
        assertThat(Catalogue.descriptors()).noneMatch(type -> page.hasButton("of-" + type.id()));
        assertThat(aliases(realm)).contains("of-discord");
        assertThatThrownBy(() ->
                        realm.admin().updateIdentityProvider("of-discord", provider -> provider.put("enabled", false)))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("Invalid identity provider id [discord]");
        assertThatThrownBy(() -> realm.admin().get(STEPS)).hasMessageContaining("answered 404");
        Person newcomer = Suite.newPerson();
        assertThatThrownBy(() -> signIn(realm, stepping, newcomer))
                .hasMessageContaining("/first-broker-login answered 400")
                .hasMessageContaining("Unexpected error when handling authentication request");
        assertThat(realm.linked(stepping, newcomer)).isEmpty();
        assertThat(signIn(realm, "acme", newcomer).status())
                .as("a flow of Keycloak's own")
                .isEqualTo(200);
    }

    private static List<String> aliases(OwnRealm realm) {
        JsonNode providers = realm.admin().get("/identity-provider/instances");
        return providers.findValuesAsText("alias");
    }

    private static Answer signIn(OwnRealm realm, String alias, Person person) {
        return new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());
    }

    /** The documented command for a line of the list, with what the line names. */
    private static String undoing(String realm, String line) {
        List<String> commands = SCRIPTS.get(1).lines().toList();
        String[] words = line.substring(realm.length() + 2).split(" ");
        return "realm=" + realm + "\n"
                + switch (words[0]) {
                    case "theme" ->
                        words[3].equals("realm") ? commands.get(2) : "client=" + words[4] + "\n" + commands.get(3);
                    case "step" -> "step=" + words[1] + "\n" + commands.get(1);
                    default -> "alias=" + words[1] + "\n" + commands.get(0);
                };
    }
}
