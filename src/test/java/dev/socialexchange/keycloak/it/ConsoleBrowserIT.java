package dev.socialexchange.keycloak.it;

import dev.socialexchange.keycloak.it.support.AdminCredentials;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import org.junit.jupiter.api.Test;

/** What an administrator reads on the page where an identity provider is added. */
class ConsoleBrowserIT {
    private static final int DESKTOP = 1400;

    @Test
    void typeWithoutAddressesSaysSoWhereTheirTrustWouldBeSet() {
        String realm = OwnRealm.create().name();
        AdminCredentials admin = Suite.keycloak().adminCredentials();
        Tab browser = Chromium.newBrowser().isWide(DESKTOP);

        browser.open("%s/admin/master/console/#/%s/identity-providers/telegram/add"
                .formatted(Suite.keycloak().url(), realm));
        browser.types("#username", admin.username())
                .types("#password", admin.password())
                .clicks("#kc-login");

        browser.sees("people here have no e-mail address");
        browser.evaluate("[...document.querySelectorAll('label')]"
                + ".find(label => label.innerText.includes('no e-mail address')).scrollIntoView({block: 'center'})");
        browser.photographs("console-no-email-address");
    }
}
