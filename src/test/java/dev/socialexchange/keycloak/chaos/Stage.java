package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.TwoNodes;
import dev.socialexchange.keycloak.simulator.Simulator;

/**
 * Two nodes on one PostgreSQL, their providers, and a realm with an app.
 *
 * @param app at the first node
 * @param alias of a provider of id_tokens
 * @param elsewhere the alias of another one, whose accounts are linked
 * @param nonces the alias of one that takes nonces of the realm's own alone
 * @param calling the alias of one that is asked about each token
 */
record Stage(
        TwoNodes nodes, Simulator providers, App app, String alias, String elsewhere, String nonces, String calling)
        implements AutoCloseable {

    /** Of the cluster, as a load balancer would have it; nobody listens there. */
    static final String ADDRESS = "http://keycloak.example";

    /** The provider that hangs at times. */
    static final String HANGING = "api.github.com";

    /** Whose password grants tell whether Keycloak itself is well. */
    static final String LOCAL_USER = "local";

    static final String PASSWORD = "a password of the local user's";

    /** @param run names folders and logs */
    static Stage open(String run) {
        Simulator providers = Simulator.start(0);
        TwoNodes nodes = null;
        try {
            nodes = TwoNodes.start(run, node -> node.startOption("--hostname=" + ADDRESS));
            // Keycloak's own policy: under another one it hashes a password anew at each login (26.7), and writes it
            OwnRealm realm =
                    OwnRealm.create(nodes.first(), providers.url(), settings -> settings.remove("passwordPolicy"));
            App app = App.of(realm, client -> {
                client.put("directAccessGrantsEnabled", true);
                client.putArray("webOrigins").add(ConformanceRealm.ORIGIN);
            });
            realm.user(LOCAL_USER, "local@example.org", user -> user.putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", PASSWORD));
            return new Stage(
                    nodes,
                    providers,
                    app,
                    app.provider("acme"),
                    app.provider("partner"),
                    app.provider("acme", copy -> copy.withObject("/config").put("exchangeNonce", "issued")),
                    app.provider("github"));
        } catch (IllegalStateException e) {
            if (nodes != null) {
                nodes.close();
            }
            providers.close();
            throw e;
        }
    }

    /** The app, as it talks to this node. */
    App app(KeycloakServer node) {
        return app.at(node);
    }

    @Override
    public void close() {
        nodes.close();
        providers.close();
    }
}
