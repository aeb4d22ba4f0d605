package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** What the old team was told of an account leads to its link: within the window, once, and to nobody else's. */
class MovingAccountTest {
    static {
        Profile.defaults(); // which features there are, as on a server
    }

    private static final long NOW = 1_900_000_000L;
    private static final long DAY = 24 * 60 * 60;
    private static final ExternalAccount OLD = new ExternalAccount("apple", "001234.old.1");
    private static final String TRANSFER = "760417.transfer";

    private final List<UserModel> users = new ArrayList<>();
    private final Map<UserModel, String> links = new HashMap<>();
    /** Of a permission nobody can read of whom it is one. */
    private boolean delegated;

    private final KeycloakSession session = session();
    private final UserModel ada = user("ada", OLD.id());

    @Test
    void leadsToTheLinkThatWasAnnounced() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);

        assertThat(before("apple", TRANSFER, NOW)).contains(OLD);
        assertThat(before("apple", TRANSFER, NOW + 60 * DAY - 1)).contains(OLD);
    }

    @Test
    void leadsNowhereAfterTheWindow() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);

        assertThat(before("apple", TRANSFER, NOW + 60 * DAY)).isEmpty();
    }

    @Test
    void leadsNowhereByAnotherIdOrAtAnotherProvider() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);

        assertThat(before("apple", TRANSFER + "x", NOW)).isEmpty();
        assertThat(before("apple2", TRANSFER, NOW)).isEmpty();
        assertThat(before("apple", OLD.id(), NOW)).isEmpty();
    }

    /** Moved already, unlinked, or linked anew. */
    @Test
    void leadsNowhereWhenTheLinkIsAnotherByNow() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);

        links.put(ada, "009876.new.1");
        assertThat(before("apple", TRANSFER, NOW)).isEmpty();
        links.remove(ada);
        assertThat(before("apple", TRANSFER, NOW)).isEmpty();
    }

    /** Made an administrator after the announcement, or whoever has made it did not know. */
    @Test
    void leadsNowhereForWhoeverAdministersSomethingByNow() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);

        delegated = true;

        assertThat(before("apple", TRANSFER, NOW)).isEmpty();
    }

    /** Written while nobody looked at the other: nobody can say who is meant. */
    @Test
    void leadsNowhereWhenSeveralWereAnnouncedByTheSame() {
        UserModel zoe = user("zoe", "001234.zoe.1");
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);
        MovingAccount moving = MovingAccount.announced(new ExternalAccount("apple", "001234.zoe.1"), TRANSFER, NOW);

        assertThat(moving.isAnothers(session, zoe, NOW)).isTrue();
        moving.write(zoe, NOW);

        assertThat(before("apple", TRANSFER, NOW)).isEmpty();
    }

    @Test
    void whatIsSaidAgainReplacesWhatWasSaidOfTheSameAccount() {
        assertThat(MovingAccount.announced(OLD, "first", NOW).write(ada, NOW)).isTrue();
        assertThat(MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW)).isTrue();
        assertThat(MovingAccount.announced(OLD, TRANSFER, NOW + DAY).write(ada, NOW + DAY))
                .isFalse();

        assertThat(before("apple", "first", NOW)).isEmpty();
        assertThat(before("apple", TRANSFER, NOW + 60 * DAY)).contains(OLD);
        MovingAccount.forget(ada, OLD);
        assertThat(before("apple", TRANSFER, NOW)).isEmpty();
        assertThat(MovingAccount.isAnnounced(ada, OLD, NOW)).isFalse();
    }

    @Test
    void whatIsOverIsNotAnnouncedAnyMoreAndSaidAgainIsGoodForAWholeWindow() {
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);
        long late = NOW + 60 * DAY;
        assertThat(MovingAccount.isAnnounced(ada, OLD, late - 1)).isTrue();
        assertThat(MovingAccount.isAnnounced(ada, OLD, late)).isFalse();

        assertThat(MovingAccount.announced(OLD, TRANSFER, late).write(ada, late))
                .as("told as new")
                .isTrue();

        assertThat(MovingAccount.isAnnounced(ada, OLD, late)).isTrue();
        assertThat(before("apple", TRANSFER, late + 60 * DAY - 1)).contains(OLD);
    }

    @Test
    void whatIsOverIsNobodysAnyMoreAndGoesWithTheNextWrite() {
        UserModel zoe = user("zoe", "001234.zoe.1");
        ExternalAccount zoes = new ExternalAccount("apple", "001234.zoe.1");
        long late = NOW + 60 * DAY;
        MovingAccount.announced(OLD, TRANSFER, NOW).write(ada, NOW);
        MovingAccount moving = MovingAccount.announced(zoes, TRANSFER, late);

        assertThat(moving.isAnothers(session, zoe, late - 1)).isTrue();
        assertThat(moving.isAnothers(session, zoe, late)).isFalse();
        moving.write(zoe, late);
        assertThat(before("apple", TRANSFER, late)).contains(zoes);

        MovingAccount.announced(new ExternalAccount("apple2", "001234.old.1"), "another", late)
                .write(ada, late);
        assertThat(ada.getAttributeStream(MovingAccount.ATTRIBUTE)).hasSize(1);
        assertThat(ada.getAttributeStream(MovingAccount.DETAIL)).hasSize(1);
    }

    private Optional<ExternalAccount> before(String alias, String transferId, long now) {
        return MovingAccount.before(session, alias, transferId, now);
    }

    private UserModel user(String id, String linked) {
        Map<String, List<?>> attributes = new HashMap<>();
        UserModel user = RealTypes.fake(
                UserModel.class,
                Map.of(
                        "getId", arguments -> id,
                        "getServiceAccountClientLink", arguments -> null,
                        "getRoleMappingsStream", arguments -> Stream.empty(),
                        "getGroupsStream", arguments -> Stream.empty(),
                        "hashCode", arguments -> id.hashCode(),
                        "equals",
                                arguments -> ((UserModel) arguments[0]).getId().equals(id),
                        "getAttributeStream", arguments -> attributes.getOrDefault(arguments[0], List.of()).stream(),
                        "setAttribute", arguments -> attributes.put((String) arguments[0], (List<?>) arguments[1])));
        users.add(user);
        links.put(user, linked);
        return user;
    }

    private KeycloakSession session() {
        RealmModel realm = RealTypes.fake(
                RealmModel.class,
                Map.of(
                        "isAdminPermissionsEnabled",
                        arguments -> delegated,
                        "getAdminPermissionsClient",
                        arguments -> RealTypes.fake(ClientModel.class, Map.of())));
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        UserProvider store = RealTypes.fake(
                UserProvider.class,
                Map.of(
                        "searchForUserByUserAttributeStream",
                        arguments -> byAttribute((String) arguments[1], (String) arguments[2]),
                        "getFederatedIdentity",
                        arguments -> links.get(arguments[1]) == null || !arguments[2].equals("apple")
                                ? null
                                : new FederatedIdentityModel("apple", links.get(arguments[1]), null)));
        return RealTypes.fake(
                KeycloakSession.class,
                Map.of(
                        "getContext",
                        arguments -> context,
                        "users",
                        arguments -> store,
                        "getProvider",
                        arguments -> null));
    }

    private Stream<UserModel> byAttribute(String name, String value) {
        return List.copyOf(users).stream()
                .filter(user -> user.getAttributeStream(name).anyMatch(value::equals));
    }
}
