package dev.socialexchange.keycloak.it.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever wants an existing account linked signs in to it with all that it is protected by. */
class ProofOfAccountIT {
    private static final String OTP_SECRET = "a secret of twenty b";

    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> settings.put("webAuthnPolicyPasswordlessPasskeysEnabled", true)
                .put("webAuthnPolicyPasswordlessRequireResidentKey", "Yes"));
        app = App.of(realm);
        alias = app.provider("acme");
    }

    @Test
    void passwordAloneDoesNotLinkAnAccountWithASecondFactor() {
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("local"), person.email(), ProofOfAccountIT::withPasswordAndOneTimeCodes);
        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "account_exists"));
        browser.clicks("#kc-continue").clicks("#linkAccount");
        browser.types("#password", Pages.PASSWORD).clicks("#kc-login");

        browser.has("#otp").photographs("existing-account-second-factor");
        browser.types("#otp", "000000").clicks("#kc-login").sees("Invalid authenticator code");
        assertThat(realm.linked(alias, person)).isEmpty();
        browser.types("#otp", Pages.oneTimeCode(OTP_SECRET)).clicks("#kc-login");

        assertLinked(browser, person, user);
    }

    @Test
    void passkeyProvesTheAccount() {
        Person person = Suite.newPerson();
        String name = Suite.unique("local");
        String user = realm.user(name, person.email(), account -> {
            Pages.withPassword(account);
            account.putArray("requiredActions").add("webauthn-register-passwordless");
        });
        Tab browser = Chromium.newBrowser().keepsPasskeys().open(app.loginUrl());
        browser.types("#username", name).types("#password", Pages.PASSWORD).clicks("#kc-login");
        browser.has("#registerWebAuthn").evaluate("window.prompt = () => 'my device'; ''");
        browser.clicks("#registerWebAuthn").arrivesAt(app.redirectUri());
        String link = app.link(alias, person, "account_exists");
        assertThat(realm.linked(alias, person)).isEmpty();

        // the page of the password asks for a passkey by itself, and the device has one
        browser.open(link).clicks("#kc-continue").clicks("#linkAccount");

        assertLinked(browser, person, user);
    }

    private static void assertLinked(Tab browser, Person person, String user) {
        Answer tokens = app.redeem(browser);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.linked(alias, person).findValuesAsText("id")).containsExactly(user);
        assertThat(app.login(alias, person)).isEqualTo(user);
    }

    private static void withPasswordAndOneTimeCodes(ObjectNode user) {
        Pages.withPassword(user);
        ((ArrayNode) user.path("credentials"))
                .addObject()
                .put("type", "otp")
                .put("secretData", Json.write(Map.of("value", OTP_SECRET)))
                .put(
                        "credentialData",
                        Json.write(Map.of(
                                "subType", "totp", "digits", 6, "counter", 0, "period", 30, "algorithm", "HmacSHA1")));
    }
}
