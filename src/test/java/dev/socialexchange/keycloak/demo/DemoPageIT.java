package dev.socialexchange.keycloak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import org.junit.jupiter.api.Test;

/** The front-end page itself, with everything that a person does: existing account, link in the browser, signed in. */
class DemoPageIT {

    @Test
    void handsOverToTheBrowserAndBack() {
        Cast.introduceTo(Suite.providers().people());
        try (FrontEnd page = FrontEnd.open(0)) {
            Suite.admin().updateClient(Suite.SPA, client -> {
                client.withArray("/redirectUris").add(page.url() + "/*");
                client.withArray("/webOrigins").add(page.url());
            });
            page.serve(new PageConfig(Suite.keycloak(), Suite.providers()));

            Tab browser = Chromium.newBrowser().open(page.url() + "/").sees("Continue with Google");
            browser.clicks("#providers button").clicks("button[value='" + Cast.CAROL.id() + "']");
            browser.sees("There is already an account with this e-mail address").photographs("demo-hold");
            browser.clicks("#browser").sees("Continue as c•••@example.org").photographs("demo-interaction");
            browser.clicks("#kc-continue")
                    .clicks("#linkAccount")
                    .types("#password", "carol")
                    .clicks("#kc-login");
            browser.sees("Signed in as Carol Shaw").photographs("demo-signed-in");

            assertThat(Suite.linked("google", Cast.CAROL.id())).hasSize(1);
            browser.clicks("#providers button").clicks("button[value='" + Cast.CAROL.id() + "']");
            browser.sees("The realm knew this account already").photographs("demo-known");
        }
    }
}
