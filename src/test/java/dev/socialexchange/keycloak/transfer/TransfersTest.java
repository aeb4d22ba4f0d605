package dev.socialexchange.keycloak.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.broker.provider.IdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.RealmPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.UserPermissionEvaluator;

/** The table of a transfer is long, and one person in it who is odd keeps nobody else. */
class TransfersTest {
    private static final RealmModel REALM = RealTypes.fake(RealmModel.class, Map.of("getId", arguments -> "realm"));

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    @Test
    void lineThatAUserStorageFailsAtKeepsNobodyElses() {
        KeycloakSession session = session(Map.of("getUserByFederatedIdentity", arguments -> {
            if (((FederatedIdentityModel) arguments[1]).getUserId().equals("broken")) {
                throw new IllegalArgumentException("a storage's own");
            }
            return null;
        }));

        TransferReport report = new Transfer(session, "apple", user -> true)
                .of(List.of(
                        "{\"sub\":\"broken\",\"transfer_sub\":\"t\"}",
                        "{\"sub\":\"a\\u0000\",\"transfer_sub\":\"t\"}",
                        "{\"sub\":\"unknown\",\"transfer_sub\":\"t\"}"));

        assertThat(report.findings())
                .extracting(TransferReport.Finding::line, TransferReport.Finding::code)
                .containsExactly(tuple(1, "setup_faulty"), tuple(2, "unreadable"), tuple(3, "unknown_account"));
        assertThat(log.lines()).hasSize(1);
    }

    /** Unlinked between the search and the look. */
    @Test
    void whoIsNotLinkedAnyMoreIsLeftOutOfTheList() {
        UserModel gone = user("gone");
        UserModel there = user("there");
        KeycloakSession session = session(Map.of(
                "searchForUserStream", arguments -> Stream.of(gone, there),
                "getFederatedIdentity",
                        arguments -> ((UserModel) arguments[1]).getId().equals("gone")
                                ? null
                                : new FederatedIdentityModel("apple", "001234.there.1", null)));

        assertThat(new TransfersResource(session, REALM, everything(), null).linked("apple", 0, 100))
                .containsExactly(new TransfersResource.Linked("001234.there.1", false));
    }

    private static UserModel user(String id) {
        return RealTypes.fake(
                UserModel.class,
                Map.of("getId", arguments -> id, "getAttributeStream", arguments -> Stream.<String>empty()));
    }

    private static AdminPermissionEvaluator everything() {
        UserPermissionEvaluator users = RealTypes.fake(
                UserPermissionEvaluator.class, Map.of("requireView", arguments -> null, "canView", arguments -> true));
        RealmPermissionEvaluator realm = RealTypes.fake(
                RealmPermissionEvaluator.class, Map.of("requireViewIdentityProviders", arguments -> null));
        return RealTypes.fake(
                AdminPermissionEvaluator.class, Map.of("users", arguments -> users, "realm", arguments -> realm));
    }

    private static KeycloakSession session(Map<String, Function<Object[], Object>> store) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias("apple");
        model.setProviderId("apple");
        IdentityProviderFactory<?> factory = RealTypes.fake(
                IdentityProviderFactory.class,
                Map.of("create", arguments -> RealTypes.of((IdentityProviderModel) arguments[1])));
        KeycloakSessionFactory factories = RealTypes.fake(
                KeycloakSessionFactory.class,
                Map.of(
                        "getProviderFactory",
                        arguments -> arguments[0] == SocialIdentityProvider.class ? factory : null));
        IdentityProviderStorageProvider providers =
                RealTypes.fake(IdentityProviderStorageProvider.class, Map.of("getByAlias", arguments -> model));
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> REALM));
        UserProvider users = RealTypes.fake(UserProvider.class, store);
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "users", arguments -> users,
                        "identityProviders", arguments -> providers,
                        "getKeycloakSessionFactory", arguments -> factories));
    }
}
