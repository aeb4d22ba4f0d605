package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.util.Map;

/** A realm with a mobile app in it, whose tokens are about to run out as soon as they are there. */
public final class MobileRealm {

    /** Of access tokens, in seconds; less than what the recipes leave. */
    public static final int LIFESPAN = 20;

    private static final int LONG_LIFESPAN = 600;
    private static final String PASSWORD = "correct horse";

    private final OwnRealm realm;
    private final App app;
    private final String provider;

    private MobileRealm(int lifespan) {
        realm = OwnRealm.create(representation -> representation.put("accessTokenLifespan", lifespan));
        app = App.of(realm);
        provider = app.provider("google");
    }

    public static MobileRealm create() {
        return new MobileRealm(LIFESPAN);
    }

    /** With tokens that last for a while. */
    public static MobileRealm patient() {
        return new MobileRealm(LONG_LIFESPAN);
    }

    /** From now on, tokens last for a while. */
    public void becomesPatient() {
        realm.admin().updateRealm(settings -> settings.put("accessTokenLifespan", LONG_LIFESPAN));
    }

    public OwnRealm realm() {
        return realm;
    }

    public App app() {
        return app;
    }

    public String provider() {
        return provider;
    }

    public URI url() {
        return URI.create(realm.server().url() + "/realms/" + realm.name());
    }

    /** What the provider's SDK gives to this person, as parameters of an exchange. */
    public Map<String, String> subject(Person person) {
        return subject(provider, person);
    }

    public Map<String, String> subject(String alias, Person person) {
        Google google = Suite.providers().google();
        return subject(alias, google.idToken(google.clientId(), person), TokenType.ID_TOKEN);
    }

    public static Map<String, String> subject(String alias, String token, String type) {
        return Map.of("subject_issuer", alias, "subject_token", token, "subject_token_type", type);
    }

    /** Somebody registered with this person's address; answers the user's id. */
    public String account(Person person) {
        return realm.user(Suite.unique("local"), person.email(), user -> user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD));
    }

    /** Continues in a browser, proves the account by its password, and answers where the browser came back to. */
    public String links(String interactionUri) {
        Tab browser = Chromium.newBrowser().open(interactionUri);
        browser.clicks("#kc-continue").clicks("#linkAccount");
        browser.types("#password", PASSWORD).clicks("#kc-login");
        return browser.arrivesAt(app.redirectUri());
    }

    /** Begins to continue, turns back, and answers where the browser came back to. */
    public static String turnsBack(String interactionUri) {
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(interactionUri));
        form.put("cancel", "");
        return browser.post(interactionUri, form)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    /** Whose account the person's external account is linked to. */
    public String linkedUser(Person person) {
        return realm.linked(provider, person).path(0).path("id").asText();
    }

    public void endSessions(Person person) {
        realm.admin().post("/users/" + linkedUser(person) + "/logout", "");
    }
}
