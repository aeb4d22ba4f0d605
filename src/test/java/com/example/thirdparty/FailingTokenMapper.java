package com.example.thirdparty;

import java.util.List;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;

/** A mapper of a client's tokens that fails as its setting says. */
public final class FailingTokenMapper extends AbstractOIDCProtocolMapper implements OIDCAccessTokenMapper {
    public static final String ID = "failing-token-mapper";
    public static final String FAULT = "fault";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "Failing token mapper";
    }

    @Override
    public String getHelpText() {
        return "Fails";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(FAULT, FAULT, "How", ProviderConfigProperty.STRING_TYPE, null));
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel model,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSession) {
        Fault.raise(model.getConfig().get(FAULT), session);
        return token;
    }
}
