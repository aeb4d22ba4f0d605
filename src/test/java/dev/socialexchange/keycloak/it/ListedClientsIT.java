package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that a provider is to be open for has to be there, except in an import, which makes providers before clients. */
class ListedClientsIT {
    private static final String LISTS = " lists clients that the realm does not have: ";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void refusesNewProviderThatListsAClientThatIsNotThere() {
        String alias = Suite.unique("google");
        String typo = Suite.unique("frontend");

        assertThatThrownBy(() -> realm.provider("google", copy -> {
                    copy.put("alias", alias);
                    copy.withObject("/config").put("exchangeClients", Suite.SPA + "##" + typo);
                }))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("Token exchange: clients")
                .hasMessageContaining("(exchangeClients): this realm has no client " + typo + ".");

        assertThat(aliases(realm.admin())).doesNotContain(alias);
    }

    @Test
    void refusesToAddAClientThatIsNotThereAndKeepsTheProviderAsItWas() {
        String alias = realm.provider("github", Map.of("exchangeClients", Suite.SPA));
        String typo = Suite.unique("frontend");

        assertThatThrownBy(() -> list(alias, Suite.SPA + "##" + typo))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("this realm has no client " + typo);

        assertThat(listed(realm.admin(), alias)).isEqualTo(Suite.SPA);
        assertThat(log()).doesNotContain(typo);
    }

    /** Whoever finds out that a provider is compromised must be able to close it, whatever has become of its clients. */
    @Test
    void providerOfAClientThatWasDeletedCanStillBeSavedAndSaysSoInTheLog() {
        String client = client();
        String alias = realm.provider("acme", Map.of("exchangeClients", client));
        realm.admin().deleteClient(client);

        realm.admin().updateIdentityProvider(alias, provider -> provider.put("enabled", false));

        assertThat(realm.admin().identityProvider(alias).path("enabled").asBoolean())
                .isFalse();
        assertThat(log()).contains("The identity provider " + alias + " of the realm " + realm.name() + LISTS + client);
        String typo = Suite.unique("frontend");
        assertThatThrownBy(() -> list(alias, client + "##" + typo))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("this realm has no client " + typo + ".");
        list(alias, Suite.SPA);
        assertThat(listed(realm.admin(), alias)).isEqualTo(Suite.SPA);
    }

    @Test
    void clientThatIsDisabledIsThere() {
        String client = client();
        realm.admin().updateClient(client, representation -> representation.put("enabled", false));

        String alias = realm.provider("acme", Map.of("exchangeClients", client));

        assertThat(listed(realm.admin(), alias)).isEqualTo(client);
    }

    @Test
    void importOfARealmBringsItsClientsAlong() {
        String client = Suite.unique("front-end");
        OwnRealm imported = OwnRealm.create(copy -> {
            copy.withArray("/clients").addObject().put("clientId", client).put("publicClient", true);
            onlyProvider(copy, client);
        });

        assertThat(listed(imported.admin(), "acme")).isEqualTo(client);
        assertThat(log()).doesNotContain(" of the realm " + imported.name() + LISTS);
    }

    @Test
    void importOfARealmSaysInTheLogWhichClientsItDidNotBring() {
        String typo = Suite.unique("frontend");
        OwnRealm imported = OwnRealm.create(copy -> onlyProvider(copy, Suite.SPA + "##" + typo));

        assertThat(listed(imported.admin(), "acme")).isEqualTo(Suite.SPA + "##" + typo);
        assertThat(log()).contains("The identity provider acme of the realm " + imported.name() + LISTS + typo);
    }

    @Test
    void partialImportMayBringProvidersWithTheirClientsOrBeforeThem() {
        String together = Suite.unique("together");
        String before = Suite.unique("before");
        String client = Suite.unique("front-end");
        String later = Suite.unique("later");

        partialImport(together, client, List.of(Map.of("clientId", client, "publicClient", true)));
        partialImport(before, later, List.of());

        assertThat(listed(realm.admin(), together)).isEqualTo(client);
        assertThat(listed(realm.admin(), before)).isEqualTo(later);
        assertThat(log())
                .contains("The identity provider " + before + " of the realm " + realm.name() + LISTS + later)
                .doesNotContain("The identity provider " + together);
    }

    private static void partialImport(String alias, String client, List<Map<String, Object>> clients) {
        ObjectNode provider = realm.admin().identityProvider("acme").deepCopy();
        provider.remove("internalId");
        provider.put("alias", alias);
        provider.withObject("/config").put("clientSecret", "acme-secret").put("exchangeClients", client);
        realm.admin()
                .post(
                        "/partialImport",
                        Map.of("ifResourceExists", "FAIL", "clients", clients, "identityProviders", List.of(provider)));
    }

    private static void onlyProvider(ObjectNode realm, String clients) {
        ObjectNode acme = null;
        for (JsonNode provider : realm.withArray("/identityProviders")) {
            if (provider.path("alias").asText().equals("acme")) {
                acme = (ObjectNode) provider;
            }
        }
        acme.withObject("/config").put("exchangeClients", clients);
        realm.putArray("identityProviders").add(acme);
        realm.remove("identityProviderMappers");
    }

    private static String client() {
        String client = Suite.unique("front-end");
        realm.admin().createClient(Map.of("clientId", client, "publicClient", true));
        return client;
    }

    private static void list(String alias, String clients) {
        realm.admin().configureIdentityProvider(alias, Map.of("exchangeClients", clients));
    }

    private static String listed(AdminApi admin, String alias) {
        return admin.identityProvider(alias).at("/config/exchangeClients").asText();
    }

    private static List<String> aliases(AdminApi admin) {
        return admin.get("/identity-provider/instances").findValuesAsText("alias");
    }

    private static String log() {
        try {
            return Files.readString(Suite.keycloak().log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
