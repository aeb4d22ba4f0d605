package com.example.thirdparty;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderFactory;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;
import org.keycloak.storage.user.UserLookupProvider;
import org.keycloak.storage.user.UserRegistrationProvider;

/**
 * Somebody's user directory. It knows everybody whose name begins with {@link #MEMBER}, under the address of that name; those
 * whose names begin with {@link #UNVERIFIED_MEMBER} never proved theirs. It fails where and how its settings say.
 */
public final class Directory implements UserStorageProvider, UserLookupProvider, UserRegistrationProvider {
    public static final String ID = "directory";
    public static final String MEMBER = "member";
    public static final String UNVERIFIED_MEMBER = "member-unverified";

    /** Settings: a method, of the directory or of its members, and a {@link Fault}. */
    public static final String AT = "at";

    public static final String FAULT = "fault";

    private static final String DOMAIN = "@example.org";

    private final KeycloakSession session;
    private final ComponentModel component;

    private Directory(KeycloakSession session, ComponentModel component) {
        this.session = session;
        this.component = component;
    }

    private void fail(String method) {
        fail(session, component, method);
    }

    private static void fail(KeycloakSession session, ComponentModel component, String method) {
        if (method.equals(component.get(AT))) {
            Fault.raise(component.get(FAULT), session);
        }
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
        fail("getUserById");
        return member(realm, StorageId.externalId(id));
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
        fail("getUserByUsername");
        return member(realm, username);
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
        fail("getUserByEmail");
        return email.endsWith(DOMAIN) ? member(realm, email.substring(0, email.length() - DOMAIN.length())) : null;
    }

    private Member member(RealmModel realm, String username) {
        return username.startsWith(MEMBER) && !username.contains("@")
                ? new Member(session, realm, component, username)
                : null;
    }

    /** New people are the realm's own. */
    @Override
    public UserModel addUser(RealmModel realm, String username) {
        fail("addUser");
        return null;
    }

    @Override
    public boolean removeUser(RealmModel realm, UserModel user) {
        return false;
    }

    @Override
    public void close() {
        fail("close");
    }

    /** Whatever else there is to know is kept by Keycloak. */
    public static final class Member extends AbstractUserAdapterFederatedStorage {
        private final String name;

        Member(KeycloakSession session, RealmModel realm, ComponentModel component, String name) {
            super(session, realm, component);
            this.name = name;
        }

        private void fail(String method) {
            Directory.fail(session, storageProviderModel, method);
        }

        @Override
        public String getUsername() {
            fail("getUsername");
            return name;
        }

        @Override
        public void setUsername(String username) {
            throw new UnsupportedOperationException("the directory gives the names");
        }

        @Override
        public String getEmail() {
            fail("getEmail");
            return name + DOMAIN;
        }

        @Override
        public boolean isEmailVerified() {
            fail("isEmailVerified");
            return !name.startsWith(UNVERIFIED_MEMBER);
        }

        @Override
        public boolean isEnabled() {
            fail("isEnabled");
            return super.isEnabled();
        }

        @Override
        public String getFirstName() {
            fail("getFirstName");
            return "Member";
        }

        @Override
        public String getLastName() {
            return "Directory";
        }

        @Override
        public void setFirstName(String firstName) {
            fail("setFirstName");
        }

        @Override
        public void setEmailVerified(boolean verified) {
            fail("setEmailVerified");
        }

        @Override
        public Map<String, List<String>> getAttributes() {
            fail("getAttributes");
            return super.getAttributes();
        }

        @Override
        public void setSingleAttribute(String name, String value) {
            fail("setSingleAttribute");
            super.setSingleAttribute(name, value);
        }

        @Override
        public void setAttribute(String name, List<String> values) {
            fail("setAttribute");
            super.setAttribute(name, values);
        }

        @Override
        public void grantRole(RoleModel role) {
            fail("grantRole");
            super.grantRole(role);
        }

        @Override
        public Stream<RoleModel> getRoleMappingsStream() {
            fail("getRoleMappingsStream");
            return super.getRoleMappingsStream();
        }

        @Override
        public Stream<GroupModel> getGroupsStream() {
            fail("getGroupsStream");
            return super.getGroupsStream();
        }

        @Override
        public void joinGroup(GroupModel group) {
            fail("joinGroup");
            super.joinGroup(group);
        }

        @Override
        public Stream<String> getRequiredActionsStream() {
            fail("getRequiredActionsStream");
            return super.getRequiredActionsStream();
        }
    }

    /** Makes {@link Directory directories}. */
    public static final class Factory implements UserStorageProviderFactory<Directory> {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return Stream.of(AT, FAULT)
                    .map(name -> new ProviderConfigProperty(name, name, name, ProviderConfigProperty.STRING_TYPE, null))
                    .toList();
        }

        @Override
        public Directory create(KeycloakSession session, ComponentModel component) {
            fail(session, component, "create");
            return new Directory(session, component);
        }
    }
}
