package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * What a user was when an import had made them, kept with them as a digest: whoever is another by now, by an administrator's hand or their own, is not taken back. Only what it is made of counts,
 * what the realm gives to everybody (roles, groups, consents and organizations), and what we note of people: it would not come back with them.
 */
final class BroughtState {
    /** One of the import's own names, which nobody edits. */
    private static final String ATTRIBUTE = ImportMark.ATTRIBUTE + "-state";

    /** All that begins so is written by us alone: what a provider has said, a request to be forgotten, a taking over, and whatever comes to be noted. */
    private static final String NOTED = "social-exchange.";

    private BroughtState() {}

    /** Of somebody who is complete, but for links, which are marked by themselves. */
    static void write(UserModel user, Optional<CredentialModel> password) {
        user.setSingleAttribute(ATTRIBUTE, digest(user, password.stream()));
    }

    static boolean isStill(KeycloakSession session, RealmModel realm, UserModel user) {
        return digest(user, user.credentialManager().getStoredCredentialsStream())
                        .equals(user.getFirstAttribute(ATTRIBUTE))
                && isNotedByImportsAlone(user)
                && hasOnlyDefaults(realm, user)
                && session.users()
                        .getConsentsStream(realm, user.getId())
                        .findAny()
                        .isEmpty()
                && isInNoOrganization(session, user);
    }

    private static String digest(UserModel user, Stream<CredentialModel> credentials) {
        Stream<String> said = Stream.of(
                        user.getUsername(),
                        user.getEmail(),
                        user.getFirstName(),
                        user.getLastName(),
                        user.isEmailVerified(),
                        user.isEnabled())
                .map(value -> Objects.toString(value, ""));
        Stream<String> secrets = credentials.map(CredentialModel::getSecretData).sorted();
        return Digests.sha256Base64Url(Stream.concat(said, secrets).collect(Collectors.joining("\n")));
    }

    private static boolean isNotedByImportsAlone(UserModel user) {
        return user.getAttributes().keySet().stream()
                .allMatch(name -> !name.startsWith(NOTED) || name.startsWith(ImportMark.ATTRIBUTE));
    }

    private static boolean hasOnlyDefaults(RealmModel realm, UserModel user) {
        Set<String> groups =
                realm.getDefaultGroupsStream().map(GroupModel::getId).collect(Collectors.toSet());
        String role = realm.getDefaultRole().getId();
        return user.getRoleMappingsStream().allMatch(one -> one.getId().equals(role))
                && user.getGroupsStream().allMatch(one -> groups.contains(one.getId()));
    }

    private static boolean isInNoOrganization(KeycloakSession session, UserModel user) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        return organizations == null
                || !organizations.isEnabled()
                || organizations.getByMember(user).findAny().isEmpty();
    }
}
