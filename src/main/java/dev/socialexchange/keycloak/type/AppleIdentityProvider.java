package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.AppRegistration;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.StringUtil;

/** Sign in with Apple, where its descriptor cannot say it: a client secret that is signed, and a callback by POST. */
public final class AppleIdentityProvider extends DescribedIdentityProvider {
    private String user;

    AppleIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        super(session, config, descriptor);
    }

    @Override
    public Map<String, String> variables(AppRegistration app, String token) {
        try {
            AppleClientSecret secret = AppleConfig.clientSecret(getConfig().getConfig(), app.clientSecret());
            return Map.of("client_secret", secret.sign(app.clientId(), Instant.now()));
        } catch (IllegalArgumentException notConfigured) {
            throw ExchangeException.unavailable("apple_key_not_configured");
        }
    }

    @Override
    public boolean signsItsSecret() {
        return true;
    }

    @Override
    public boolean leavesOutItsSecret() {
        return StringUtil.isBlank(getConfig().getConfig().get(AppleConfig.TEAM_ID))
                && StringUtil.isBlank(getConfig().getConfig().get(AppleConfig.KEY_ID));
    }

    @Override
    public String inventedSecret() {
        return AppleClientSecret.newKey();
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return new FormPostEndpoint(new BrowserCallback(session, event, callback), realm, event, this);
    }

    @Override
    String user() {
        return user;
    }

    /**
     * Apple posts its answer (OAuth 2.0 Form Post Response Mode) when it is asked for the name or the address. The post comes
     * from another site: Keycloak's cookies (26.7) are sent with it, since they are {@code SameSite=None} wherever the
     * realm is served by https.
     */
    protected static final class FormPostEndpoint extends Endpoint {
        /** Apple's word for it. */
        private static final String CANCELLED = "user_cancelled_authorize";

        private final AppleIdentityProvider apple;

        FormPostEndpoint(
                AuthenticationCallback callback, RealmModel realm, EventBuilder event, AppleIdentityProvider apple) {
            super(callback, realm, event, apple);
            this.apple = apple;
        }

        /** @param user of the first login only */
        @POST
        @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
        public Response posted(
                @FormParam("state") String state,
                @FormParam("code") String code,
                @FormParam("error") String error,
                @FormParam("user") String user) {
            apple.user = user;
            return authResponse(state, code, CANCELLED.equals(error) ? ACCESS_DENIED : error, null);
        }
    }
}
