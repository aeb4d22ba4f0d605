package com.example.thirdparty;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderFactory;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;
import org.keycloak.storage.user.UserLookupProvider;

/**
 * Somebody's user directory. It knows everybody whose name begins with {@link #MEMBER}, under the address of that name; those
 * whose names begin with {@link #UNVERIFIED_MEMBER} never proved theirs.
 */
public final class Directory implements UserStorageProvider, UserLookupProvider {
    public static final String ID = "directory";
    public static final String MEMBER = "member";
    public static final String UNVERIFIED_MEMBER = "member-unverified";

    private static final String DOMAIN = "@example.org";

    private final KeycloakSession session;
    private final ComponentModel component;

    private Directory(KeycloakSession session, ComponentModel component) {
        this.session = session;
        this.component = component;
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
        return getUserByUsername(realm, StorageId.externalId(id));
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
        return username.startsWith(MEMBER) && !username.contains("@")
                ? new Member(session, realm, component, username)
                : null;
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
        return email.endsWith(DOMAIN)
                ? getUserByUsername(realm, email.substring(0, email.length() - DOMAIN.length()))
                : null;
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Whatever else there is to know is kept by Keycloak. */
    public static final class Member extends AbstractUserAdapterFederatedStorage {
        private final String name;

        Member(KeycloakSession session, RealmModel realm, ComponentModel component, String name) {
            super(session, realm, component);
            this.name = name;
        }

        @Override
        public String getUsername() {
            return name;
        }

        @Override
        public void setUsername(String username) {
            throw new UnsupportedOperationException("the directory gives the names");
        }

        @Override
        public String getEmail() {
            return name + DOMAIN;
        }

        @Override
        public boolean isEmailVerified() {
            return !name.startsWith(UNVERIFIED_MEMBER);
        }

        @Override
        public String getFirstName() {
            return "Member";
        }

        @Override
        public String getLastName() {
            return "Directory";
        }
    }

    /** Makes {@link Directory directories}. */
    public static final class Factory implements UserStorageProviderFactory<Directory> {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public Directory create(KeycloakSession session, ComponentModel component) {
            return new Directory(session, component);
        }
    }
}
