package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.StoredForms;
import dev.socialexchange.keycloak.login.LoginRequest;
import dev.socialexchange.keycloak.page.ForeignAccount;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What stands behind an interaction link.
 *
 * @param clientUuid the client's internal id: another client that takes over the client id is another client
 * @param wanted as requested
 * @param account the verified identity
 */
public record Continuation(
        String realmId, String clientUuid, LoginRequest wanted, ReturnAddress interaction, VerifiedAccount account) {
    private static final String REALM = "realm";
    private static final String CLIENT = "client";
    private static final String SCOPE = "scope";
    private static final String ACR_VALUES = "acr_values";
    private static final String REDIRECT_URI = "redirect_uri";
    private static final String STATE = "state";
    private static final String NONCE = "nonce";
    private static final String CHALLENGE = "challenge";
    private static final String ALIAS = "alias";
    private static final String IDENTITY = "identity";
    private static final String VERSION = "version";
    private static final String SHOWN = "shown";

    Map<String, String> toNotes() {
        Map<String, String> notes = new HashMap<>();
        notes.put(REALM, realmId);
        notes.put(CLIENT, clientUuid);
        notes.put(SCOPE, wanted.scope());
        notes.put(ACR_VALUES, wanted.acrValues());
        notes.put(REDIRECT_URI, interaction.redirectUri());
        notes.put(STATE, interaction.state());
        notes.put(NONCE, interaction.nonce());
        notes.put(CHALLENGE, interaction.codeChallenge());
        notes.put(ALIAS, account.alias());
        notes.put(IDENTITY, account.identity());
        notes.put(SHOWN, account.shown().toNote());
        notes.put(VERSION, StoredForms.VERSION);
        notes.values().removeIf(value -> value == null);
        return notes;
    }

    /** False for one that was kept before an update of this extension, in another form. */
    static boolean isWhole(Map<String, String> notes) {
        return StoredForms.VERSION.equals(notes.get(VERSION)) && notes.containsKey(SHOWN);
    }

    static Continuation of(Map<String, String> notes) {
        return new Continuation(
                notes.get(REALM),
                notes.get(CLIENT),
                new LoginRequest(notes.get(SCOPE), notes.get(ACR_VALUES)),
                new ReturnAddress(notes.get(REDIRECT_URI), notes.get(STATE), notes.get(NONCE), notes.get(CHALLENGE)),
                new VerifiedAccount(notes.get(ALIAS), notes.get(IDENTITY), ForeignAccount.ofNote(notes.get(SHOWN))));
    }

    boolean belongsTo(RealmModel realm) {
        return realm.getId().equals(realmId);
    }

    /** @return the client, or {@code null} if it is gone */
    public ClientModel client(RealmModel realm) {
        return realm.getClientById(clientUuid);
    }

    /** Whether the client's settings, apart from its policies, still let it ask for this. */
    public boolean isAllowed(KeycloakSession session, ClientModel client) {
        return new AuthorizationRules(session, client, wanted, interaction)
                .obstacle()
                .isEmpty();
    }
}
