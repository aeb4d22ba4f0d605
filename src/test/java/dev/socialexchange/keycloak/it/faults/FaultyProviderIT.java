package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Providers whose settings nobody has validated, since they were saved while the extension was not installed: every door answers
 * in the contract's form, and lets nobody in whom the right settings would not let in.
 */
@OlderKeycloakOnDemand
class FaultyProviderIT {
    private static final List<String> WRONG = List.of("", "no such thing", "[", "-1", "x".repeat(3_000));

    private static final Set<String> OURS = new HashSet<>();

    private static final FaultyRealm REALM = FaultyRealm.create();
    private static final Doors DOORS = new Doors(REALM.realm());
    private static final App APP =
            App.of(REALM.realm(), client -> client.putArray("webOrigins").add(FaultyRealm.ORIGIN));

    @ParameterizedTest
    @ValueSource(strings = {"acme", "google", "github", "legacy", "custom", "discord"})
    void everySettingOfAProviderCanBeWrong(String kind) {
        String alias = REALM.provider(kind, provider -> provider.withObject("/config")
                .put("exchangeClients", Suite.SPA + "##" + APP.clientId()));
        String signedIn = accessToken();
        Map<String, String> right = settings(alias);
        right.forEach((key, value) -> {
            for (String wrong : WRONG) {
                REALM.unvalidated("providers/" + alias, Map.of(key, wrong));
                String what = "%s with %s=%s".formatted(kind, key, wrong.length() > 100 ? "(long)" : wrong);
                Person person = FaultyRealm.newPerson();
                Answer answer = REALM.request(alias, person).send();
                FaultyRealm.assertContract(answer);
                if (answer.status() != 200) {
                    REALM.assertNobody(alias, person);
                }
                if (answer.status() == 503) {
                    assertThat(answer.errorReason()).as(what).isEqualTo("provider_unavailable");
                }
                FaultyRealm.assertContractOfDoor(link(alias, signedIn));
            }
            assertThat(DOORS.providers(APP.clientId()).status()).as(key).isEqualTo(200);
            REALM.unvalidated("providers/" + alias, Collections.singletonMap(key, value));
        });
        REALM.login(alias, FaultyRealm.newPerson());
    }

    @Test
    void settingsThatCannotBeReadAreForTheAdministratorAndNoOutage() {
        String alias = REALM.provider("acme");
        REALM.unvalidated("providers/" + alias, Map.of("exchangeMaxAge", "soon"));
        Person person = FaultyRealm.newPerson();

        REALM.assertFaulty(REALM.request(alias, person).send(), "provider %s: settings_invalid".formatted(alias));

        REALM.assertNobody(alias, person);
        Answer linking = link(alias, accessToken());
        assertThat(linking.status() + " " + linking.errorReason()).isEqualTo("403 setup_faulty");
    }

    private static String accessToken() {
        String alias = REALM.provider(
                "acme", provider -> provider.withObject("/config").put("exchangeClients", APP.clientId()));
        return Tokens.of(
                        REALM.realm()
                                .tokens()
                                .exchange(alias)
                                .as(APP.clientId())
                                .scope("openid"),
                        RealHosts.providers(),
                        alias,
                        FaultyRealm.newPerson())
                .send()
                .accessToken();
    }

    private static Answer link(String alias, String accessToken) {
        return Tokens.of(
                        DOORS.link(alias, accessToken).origin(FaultyRealm.ORIGIN),
                        RealHosts.providers(),
                        alias,
                        FaultyRealm.newPerson())
                .send();
    }

    /** Those that it has, and those that it could have; {@code null} where it has none. */
    private static Map<String, String> settings(String alias) {
        Map<String, String> settings = new TreeMap<>();
        if (OURS.add("ours")) { // read in the same way for all providers
            SettingsProperties.all().stream()
                    .map(ProviderConfigProperty::getName)
                    .forEach(key -> settings.put(key, null));
        }
        Stream.of("acceptsPromptNoneForwardFromClient", "guiOrder", "allowedClockSkew", "filteredByClaim", "trustEmail")
                .forEach(key -> settings.put(key, null));
        REALM.realm()
                .admin()
                .identityProvider(alias)
                .path("config")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        settings.remove("clientSecret"); // which the admin API does not tell
        return settings;
    }
}
