package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.provider.ImportMark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.organization.OrganizationProvider;

/** Which accounts somebody who was brought before still lacks. */
class BroughtLinksTest {
    private static final ImportOrder ORDER =
            new ImportOrder("shop", "django", "may", false, false, false, false, false);
    private static final List<ImportedAccount> ACCOUNTS =
            List.of(new ImportedAccount("work", "1", null), new ImportedAccount("google", "2", null));

    private final List<Found> found = new ArrayList<>();

    @BeforeAll
    static void takeKeycloaksFeaturesAsTheyAre() {
        Profile.defaults();
    }

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                BroughtLinksTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals("setParameter") ? proxy : answer.apply(method.getName(), arguments)));
    }

    /** Somebody who has come by an organization's own provider, {@code work}. */
    private static KeycloakSession session(boolean managed) {
        IdentityProviderModel work = new IdentityProviderModel();
        work.setAlias("work");
        FederatedIdentityModel link = new FederatedIdentityModel("work", "1", null);
        OrganizationModel organization = fake(
                OrganizationModel.class,
                (method, arguments) -> method.equals("getIdentityProviders")
                        ? Stream.of(work)
                        : method.equals("isManaged") ? (Object) managed : true);
        OrganizationProvider organizations = fake(
                OrganizationProvider.class,
                (method, arguments) -> method.equals("getByMember") ? Stream.of(organization) : (Object) true);
        UserProvider users = fake(
                UserProvider.class,
                (method, arguments) -> method.equals("getFederatedIdentitiesStream")
                        ? Stream.of(link)
                        : "work".equals(arguments[2]) ? link : null);
        TypedQuery<?> query = fake(TypedQuery.class, (method, arguments) -> List.of());
        EntityManager entities = fake(EntityManager.class, (method, arguments) -> query);
        RealmModel realm = fake(RealmModel.class, (method, arguments) -> "shop");
        return fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> fake(KeycloakContext.class, (asked, of) -> realm);
            case "users" -> users;
            case "identityProviders" -> fake(IdentityProviderStorageProvider.class, (asked, of) -> work);
            default ->
                arguments[0] == JpaConnectionProvider.class
                        ? fake(JpaConnectionProvider.class, (asked, of) -> entities)
                        : organizations;
        });
    }

    private List<ImportedAccount> lacking(boolean managed) {
        KeycloakSession session = session(managed);
        UserModel user = fake(UserModel.class, (method, arguments) -> "mira");
        return new BroughtLinks(
                        session,
                        ORDER,
                        Present.of(session, List.of(), List.of()),
                        user,
                        ImportMark.begun("django", "may"),
                        found)
                .lacking(ACCOUNTS);
    }

    /** Keycloak's own admin API refuses that as well. */
    @Test
    void aManagedMemberOfAnOrganizationLacksNoAccountOfAnotherProvider() {
        assertThat(lacking(true)).isEmpty();
        assertThat(found).containsExactly(new Found("managed_by_organization", "google"));
    }

    @Test
    void whomTheirOrganizationDoesNotManageLacksWhatIsNotLinked() {
        assertThat(lacking(false)).containsExactly(ACCOUNTS.get(1));
        assertThat(found).isEmpty();
    }
}
