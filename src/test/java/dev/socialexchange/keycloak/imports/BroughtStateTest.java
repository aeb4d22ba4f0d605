package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.organization.OrganizationProvider;

/** Who is another than an import has made is not taken back. */
class BroughtStateTest {
    private final Map<String, Object> values = new HashMap<>();
    private final List<CredentialModel> credentials = new ArrayList<>();
    private final List<String> groups = new ArrayList<>(List.of("everybody"));
    private final List<String> roles = new ArrayList<>(List.of("default-roles"));
    private final List<UserConsentModel> consents = new ArrayList<>();
    private final List<Object> organizations = new ArrayList<>();

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                BroughtStateTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    private static GroupModel group(String id) {
        return fake(GroupModel.class, (method, arguments) -> id);
    }

    private static RoleModel role(String id) {
        return fake(RoleModel.class, (method, arguments) -> id);
    }

    private static CredentialModel credential(String secret) {
        CredentialModel credential = new CredentialModel();
        credential.setSecretData(secret);
        return credential;
    }

    private final SubjectCredentialManager manager =
            fake(SubjectCredentialManager.class, (method, arguments) -> credentials.stream());
    private final UserModel user = fake(UserModel.class, (method, arguments) -> switch (method) {
        case "setSingleAttribute" -> values.put((String) arguments[0], arguments[1]);
        case "getFirstAttribute" -> values.get((String) arguments[0]);
        case "getAttributes" -> values;
        case "credentialManager" -> manager;
        case "getGroupsStream" -> groups.stream().map(BroughtStateTest::group);
        case "getRoleMappingsStream" -> roles.stream().map(BroughtStateTest::role);
        case "isEnabled", "isEmailVerified" -> !values.containsKey(method);
        default -> values.getOrDefault(method, method.equals("getId") ? "mira" : null);
    });
    private final RealmModel realm = fake(
            RealmModel.class,
            (method, arguments) ->
                    method.equals("getDefaultRole") ? role("default-roles") : List.of(group("everybody")).stream());

    private boolean isStill() {
        UserProvider users = fake(UserProvider.class, (method, arguments) -> consents.stream());
        OrganizationProvider all = fake(
                OrganizationProvider.class,
                (method, arguments) -> method.equals("isEnabled") ? Boolean.TRUE : organizations.stream());
        KeycloakSession session =
                fake(KeycloakSession.class, (method, arguments) -> method.equals("users") ? users : all);
        return BroughtState.isStill(session, realm, user);
    }

    @BeforeEach
    void bring() {
        values.put("getEmail", "mira@example.org");
        credentials.add(credential("{\"value\":\"of old\"}"));
        BroughtState.write(user, Optional.of(credentials.get(0)));
    }

    @Test
    void whoIsAsTheyWereBroughtIsThatStill() {
        assertThat(isStill()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "getEmail, corrected@example.org",
        "getUsername, another",
        "getFirstName, Mira",
        "getLastName, Kern",
        "isEnabled, no",
        "isEmailVerified, no"
    })
    void whoseDataWereChangedIsAnother(String what, String now) {
        values.put(what, now);

        assertThat(isStill()).isFalse();
    }

    /** Keycloak sets a new password in the place of the old one, under its id. */
    @Test
    void whoHasAnotherCredentialIsAnother() {
        credentials.get(0).setSecretData("{\"value\":\"set by a mail\"}");
        assertThat(isStill()).isFalse();

        credentials.get(0).setSecretData("{\"value\":\"of old\"}");
        credentials.add(credential("{\"value\":\"a passkey\"}"));
        assertThat(isStill()).isFalse();
    }

    @Test
    void whoHasMoreThanTheRealmGivesEverybodyIsAnother() {
        groups.add("staff");
        assertThat(isStill()).isFalse();
        groups.remove("staff");

        roles.add("editor");
        assertThat(isStill()).isFalse();
        roles.remove("editor");

        consents.add(new UserConsentModel(null));
        assertThat(isStill()).isFalse();
        consents.clear();

        organizations.add("acme");
        assertThat(isStill()).isFalse();
        organizations.clear();
        assertThat(isStill()).isTrue();
    }

    /** The next run would bring them without it: a closed link would be open again, and nobody would know of a request to be forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "social-exchange.deletion",
                "social-exchange.deletion-state",
                "social-exchange.deletion-detail",
                "social-exchange.signals",
                "social-exchange.taken-over",
                "social-exchange.mail-stopped",
                "social-exchange.moving",
                "social-exchange.moving-detail"
            })
    void ofWhomAnythingElseWasNotedIsAnother(String attribute) {
        values.put(attribute, "something");

        assertThat(isStill()).isFalse();
    }

    @Test
    void whatImportsNoteAndAttributesOfTheRealmKeepNobody() {
        values.put("social-exchange.import", "django may");
        values.put("social-exchange.import-links", "digest");
        values.put("plan", "gold");

        assertThat(isStill()).isTrue();
    }

    @Test
    void ofWhomNothingIsKnownNothingIsTakenBack() {
        values.keySet().removeIf(name -> name.startsWith("social-exchange."));

        assertThat(isStill()).isFalse();
    }
}
