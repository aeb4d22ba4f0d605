package com.example.thirdparty;

import java.util.List;
import java.util.Set;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** A mapper for all providers that fails where and how its settings say. */
public final class FailingMapper extends AbstractIdentityProviderMapper {
    public static final String ID = "failing-mapper";
    public static final String FAULT = "fault";
    public static final String AT = "at";

    /** Values of {@link #AT}. */
    public static final String PREPROCESS = "preprocess";

    public static final String IMPORT = "import";
    public static final String UPDATE = "update";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {ANY_PROVIDER};
    }

    @Override
    public String getDisplayCategory() {
        return "Failing";
    }

    @Override
    public String getDisplayType() {
        return "Failing mapper";
    }

    @Override
    public String getHelpText() {
        return "Fails";
    }

    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode syncMode) {
        return Set.of(IdentityProviderSyncMode.values()).contains(syncMode);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(FAULT, FAULT, "How", ProviderConfigProperty.STRING_TYPE, null),
                new ProviderConfigProperty(AT, AT, "Where", ProviderConfigProperty.STRING_TYPE, null));
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel model,
            BrokeredIdentityContext identity) {
        failAt(PREPROCESS, session, model);
    }

    @Override
    public void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel model,
            BrokeredIdentityContext identity) {
        failAt(IMPORT, session, model);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel model,
            BrokeredIdentityContext identity) {
        failAt(UPDATE, session, model);
    }

    private static void failAt(String place, KeycloakSession session, IdentityProviderMapperModel model) {
        if (place.equals(model.getConfig().get(AT))) {
            Fault.raise(model.getConfig().get(FAULT), session);
        }
    }
}
