package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.revocation.LeftTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.storage.ReadOnlyException;

/** What a signal does to somebody whom a directory keeps from being written. */
class MarkEffectTest {
    private static final ExternalAccount ACCOUNT = new ExternalAccount("kakao", "1");
    private static final RealmModel REALM = RealTypes.fake(RealmModel.class, Map.of("getId", arguments -> "realm"));

    private final Map<String, Object> attributes = new HashMap<>();
    private final LeftTokens listener = new LeftTokens();
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getId", arguments -> "ada",
                    "getFederationLink", arguments -> null,
                    "getAttributeStream", arguments -> Stream.<String>empty(),
                    "setAttribute",
                            arguments -> {
                                throw new ReadOnlyException("a directory's");
                            }));
    private final KeycloakSession session = session();

    /** Nobody is asked to end what the provider itself has just ended, or given anew since. */
    @Test
    void linkThatGoesSinceItCannotBeMarkedLeavesNothingToTakeBack() {
        Set<Outcome> outcomes =
                new MarkEffect(session, user, ACCOUNT, Instant.now().getEpochSecond()).revoke(true, Set.of());

        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.USER_READ_ONLY, Outcome.LINK_REMOVED);
        assertThat((List<?>) attributes.get(LeftTokens.class.getName()))
                .as("collected when the link went, and given up")
                .isNotNull()
                .isEmpty();
        listener.close();
    }

    /** As Keycloak has it: whoever listens hears of each link that goes. */
    private boolean removed() {
        FederatedIdentityModel link = new FederatedIdentityModel("kakao", "1", "ada", "{\"access_token\":\"a\"}");
        listener.onEvent(RealTypes.fake(
                FederatedIdentityRemovedEvent.class,
                Map.of(
                        "getKeycloakSession", arguments -> session,
                        "getRealm", arguments -> REALM,
                        "getUser", arguments -> user,
                        "getFederatedIdentity", arguments -> link)));
        assertThat((List<?>) attributes.get(LeftTokens.class.getName())).hasSize(1);
        return true;
    }

    private KeycloakSession session() {
        IdentityProviderModel model = new IdentityProviderModel();
        model.getConfig().put("revokeAtDeletion", "true");
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> REALM));
        UserProvider users =
                RealTypes.fake(UserProvider.class, Map.of("removeFederatedIdentity", arguments -> removed()));
        IdentityProviderStorageProvider providers =
                RealTypes.fake(IdentityProviderStorageProvider.class, Map.of("getByAlias", arguments -> model));
        KeycloakTransactionManager transactions =
                RealTypes.fake(KeycloakTransactionManager.class, Map.of("enlistAfterCompletion", arguments -> null));
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "users", arguments -> users,
                        "identityProviders", arguments -> providers,
                        "getTransactionManager", arguments -> transactions,
                        "setAttribute", arguments -> attributes.put((String) arguments[0], arguments[1]),
                        "getAttribute", arguments -> attributes.get((String) arguments[0])));
    }
}
