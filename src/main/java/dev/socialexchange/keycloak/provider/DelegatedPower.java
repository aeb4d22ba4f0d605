package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.Config;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.authorization.model.Policy;
import org.keycloak.authorization.model.ResourceServer;
import org.keycloak.authorization.model.Scope;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.idm.authorization.DecisionStrategy;
import org.keycloak.representations.idm.authorization.Logic;

/**
 * Who may administer something by a permission of Keycloak's fine-grained admin permissions (26.7: both versions), without any
 * of the admin roles. A permission is read and not evaluated, since what it depends on may be different later: whoever it could
 * apply to at any time has power. What cannot be told from the user alone (the time, a client, a script, a negation) could apply.
 */
final class DelegatedPower {
    private static final Set<String> PERMISSIONS = Set.of("scope", "resource");

    /** Of the first version, and no power over the realm: Keycloak's own token exchange asks for it. */
    private static final String TOKEN_EXCHANGE = "token-exchange";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    DelegatedPower(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    boolean isHeld() {
        return resourceServers().anyMatch(this::isGrantedBy);
    }

    /** Clients whose permissions are about administration. */
    private Stream<ClientModel> resourceServers() {
        ClientModel second = realm.isAdminPermissionsEnabled() ? realm.getAdminPermissionsClient() : null;
        Stream<ClientModel> first = Profile.isFeatureEnabled(Profile.Feature.ADMIN_FINE_GRAINED_AUTHZ)
                ? realm.getClientsStream().filter(this::isManagement)
                : Stream.empty();
        return Stream.concat(Stream.ofNullable(second), first);
    }

    private boolean isManagement(ClientModel client) {
        return client.getClientId().equals(Constants.REALM_MANAGEMENT_CLIENT_ID)
                || realm.getName().equals(Config.getAdminRealm())
                        && client.getClientId().endsWith(Administrators.MASTER_CLIENT_SUFFIX);
    }

    private boolean isGrantedBy(ClientModel client) {
        AuthorizationProvider authorization = session.getProvider(AuthorizationProvider.class);
        if (authorization == null) {
            return true; // switched off on this server, and nobody knows for how long
        }
        ResourceServer permissions =
                authorization.getStoreFactory().getResourceServerStore().findByClient(client);
        return permissions != null
                && authorization.getStoreFactory().getPolicyStore().findByResourceServer(permissions).stream()
                        .filter(policy -> PERMISSIONS.contains(policy.getType()))
                        .filter(permission -> !isForTokenExchange(permission))
                        .anyMatch(this::combinationApplies);
    }

    private static boolean isForTokenExchange(Policy permission) {
        return !permission.getScopes().isEmpty()
                && permission.getScopes().stream().map(Scope::getName).allMatch(TOKEN_EXCHANGE::equals);
    }

    /** One without policies grants nothing. */
    private boolean combinationApplies(Policy policy) {
        Set<Policy> parts = policy.getAssociatedPolicies();
        boolean all =
                policy.getDecisionStrategy() == null || policy.getDecisionStrategy() == DecisionStrategy.UNANIMOUS;
        return !parts.isEmpty()
                && (all
                        ? parts.stream().allMatch(this::applies)
                        : parts.stream().anyMatch(this::applies));
    }

    private boolean applies(Policy policy) {
        return policy.getLogic() == Logic.NEGATIVE
                || switch (policy.getType()) {
                    case "user" ->
                        lists(policy, "users", entry -> entry.asText().equals(user.getId()));
                    case "role" ->
                        lists(policy, "roles", entry -> has(entry.path("id").asText()));
                    case "group" ->
                        !policy.getConfig().getOrDefault("groupsClaim", "").isBlank() // of a token, whatever is in it
                                || lists(
                                        policy,
                                        "groups",
                                        entry -> isIn(entry.path("id").asText()));
                    case "aggregate" -> combinationApplies(policy);
                    default -> true;
                };
    }

    private boolean has(String roleId) {
        RoleModel role = realm.getRoleById(roleId);
        return role != null && user.hasRole(role);
    }

    /** In the group or below it: whether that counts is a detail of the policy. */
    private boolean isIn(String groupId) {
        return user.getGroupsStream()
                .flatMap(group -> Stream.iterate(group, Objects::nonNull, GroupModel::getParent))
                .anyMatch(group -> group.getId().equals(groupId));
    }

    private static boolean lists(Policy policy, String key, Predicate<JsonNode> entry) {
        return StrictJson.read(policy.getConfig().getOrDefault(key, "[]"))
                .filter(JsonNode::isArray)
                .map(list -> StreamSupport.stream(list.spliterator(), false).anyMatch(entry))
                .orElse(true); // unreadable
    }
}
