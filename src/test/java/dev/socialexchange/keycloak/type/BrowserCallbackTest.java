package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.MovingAccount;
import dev.socialexchange.keycloak.provider.SuspendedLink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.common.Profile;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Whom a browser login leads to the page of a suspended link. */
class BrowserCallbackTest {
    static {
        Profile.defaults(); // which features there are, as on a server
    }

    private static final ExternalAccount BEFORE = new ExternalAccount("apple", "001234.before");

    private final Map<String, List<String>> attributes = new HashMap<>();
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getId", arguments -> "u",
                    "getServiceAccountClientLink", arguments -> null,
                    "getRoleMappingsStream", arguments -> Stream.empty(),
                    "getGroupsStream", arguments -> Stream.empty(),
                    "getAttributeStream",
                            arguments -> attributes.getOrDefault((String) arguments[0], List.of()).stream(),
                    "setAttribute",
                            arguments -> attributes.put(
                                    (String) arguments[0],
                                    ((List<?>) arguments[1])
                                            .stream().map(Object::toString).toList())));

    private final KeycloakSession session = session();

    private KeycloakSession session() {
        RealmModel realm = RealTypes.fake(
                RealmModel.class,
                Map.of("getSmtpConfig", arguments -> Map.of(), "isAdminPermissionsEnabled", arguments -> false));
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        UserProvider users = RealTypes.fake(
                UserProvider.class,
                Map.of(
                        "searchForUserByUserAttributeStream",
                                arguments -> attributes
                                                .getOrDefault((String) arguments[1], List.of())
                                                .contains((String) arguments[2])
                                        ? Stream.of(user)
                                        : Stream.empty(),
                        "getFederatedIdentity",
                                arguments -> new FederatedIdentityModel(BEFORE.alias(), BEFORE.id(), "ada"),
                        "getUserByFederatedIdentity",
                                arguments -> ((FederatedIdentityModel) arguments[1])
                                                .getUserId()
                                                .equals(BEFORE.id())
                                        ? user
                                        : null));
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext", arguments -> context,
                        "users", arguments -> users,
                        "getProvider", arguments -> null));
    }

    private static BrokeredIdentityContext moved(String transferId) {
        IdentityProviderModel provider = new IdentityProviderModel();
        provider.setAlias(BEFORE.alias());
        provider.setEnabled(true);
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider);
        identity.setId("009876.after");
        identity.getContextData().put(DescribedIdentity.MOVED, transferId);
        return identity;
    }

    @Test
    void suspendedPersonWhoseAccountHasMovedIsLedBackAsWell() {
        long now = Instant.now().getEpochSecond();
        MovingAccount.announced(BEFORE, "transfer", now).write(user, now);
        BrowserCallback callback = new BrowserCallback(session, null, null);
        assertThat(callback.suspended(moved("transfer"))).isEmpty();

        LinkMark.of(user, BEFORE).suspendedAt(10).write(user);

        assertThat(callback.suspended(moved("transfer")).map(SuspendedLink::account))
                .contains(BEFORE);
        assertThat(callback.suspended(moved("another"))).isEmpty();
    }

    /** Apple says so no longer; what was announced earlier is for nobody, even where something says it all the same. */
    @Test
    void transferThatIsOverLeadsToNobodyInABrowser() {
        long now = Instant.now().getEpochSecond();
        long days = Duration.ofDays(60).toSeconds();
        MovingAccount.announced(BEFORE, "over", now - days).write(user, now - days);
        assertThat(former("over")).isNull();

        MovingAccount.announced(BEFORE, "late", now - days + 60).write(user, now);

        assertThat(former("late")).isEqualTo(BEFORE.id());
        assertThat(former("over")).isNull();
    }

    private String former(String transferId) {
        BrokeredIdentityContext identity = moved(transferId);
        FormerId.settle(session, identity);
        return identity.getLegacyId();
    }
}
