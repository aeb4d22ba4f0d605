package dev.socialexchange.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.models.UserModel;

/** The local account that a first login has found beside the provider's. */
public final class ExistingUser {

    private ExistingUser() {}

    public static Optional<UserModel> of(AuthenticationFlowContext context) {
        return Optional.ofNullable(
                        context.getAuthenticationSession().getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO))
                .map(note -> ExistingUserInfo.deserialize(note).getExistingUserId())
                .map(id -> context.getSession().users().getUserById(context.getRealm(), id));
    }
}
