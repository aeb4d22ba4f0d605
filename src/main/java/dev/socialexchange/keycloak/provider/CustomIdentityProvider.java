package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** A provider that nobody thought of, described by its admin: browser login and token exchange. */
public final class CustomIdentityProvider extends AbstractOAuth2IdentityProvider<OAuth2IdentityProviderConfig>
        implements SocialIdentityProvider<OAuth2IdentityProviderConfig>, ExchangeIdentityProvider {
    public static final String PROVIDER_ID = "social-custom";

    private final Descriptor descriptor;

    CustomIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
        this.descriptor = new CustomSettings(config).descriptor();
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode document = evidence.document();
        Descriptor.Identity pointers = descriptor.identity();
        BrokeredIdentityContext identity = new BrokeredIdentityContext(getConfig());
        identity.setId(pointers.id().text(document).orElse(null));
        identity.setEmail(pointers.email().text(document).orElse(null));
        identity.setUsername(pointers.username()
                .text(document)
                .or(() -> pointers.email().text(document))
                .orElse(identity.getId()));
        Optional<String> givenName = pointers.givenName().text(document);
        Optional<String> familyName = pointers.familyName().text(document);
        if (givenName.isEmpty() && familyName.isEmpty()) {
            BrokeredIdentities.setFullName(
                    identity, pointers.name().text(document).orElse(null));
        } else {
            identity.setFirstName(givenName.orElse(null));
            identity.setLastName(familyName.orElse(null));
        }
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(
                identity, document, getConfig().getAlias());
        return identity;
    }

    /** The end of a browser login: the same profile, read by the same rules. */
    @Override
    protected BrokeredIdentityContext doGetFederatedIdentity(String accessToken) {
        if (descriptor.accessToken() == null || descriptor.accessToken().profile() == null) {
            throw new IdentityBrokerException("No profile URL is configured");
        }
        ExchangeSettings settings = new ExchangeSettings(getConfig().getConfig());
        Outcome outcome = session.getProvider(ProviderCalls.class)
                .send(
                        descriptor.accessToken().profile().call(Map.of("token", accessToken), endpoints()),
                        Deadline.in(settings.timeout()));
        if (outcome instanceof Outcome.Answer answer && answer.status() == 200) {
            return BrokeredIdentities.of(
                    this,
                    Evidence.Profile.of(
                            answer.json().orElseThrow(() -> new IdentityBrokerException("The profile is not JSON")),
                            Map.of()));
        }
        throw new IdentityBrokerException("The profile cannot be fetched: " + outcome);
    }

    @Override
    protected String getDefaultScopes() {
        return "";
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    public static final class Factory extends AbstractIdentityProviderFactory<CustomIdentityProvider>
            implements SocialIdentityProviderFactory<CustomIdentityProvider> {

        @Override
        public String getId() {
            return PROVIDER_ID;
        }

        @Override
        public String getName() {
            return "Custom social provider";
        }

        @Override
        public CustomIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new CustomIdentityProvider(session, new OAuth2IdentityProviderConfig(model));
        }

        @Override
        public OAuth2IdentityProviderConfig createConfig() {
            return new ValidatedOAuth2Config() {
                private static final long serialVersionUID = 1L;

                @Override
                public void validate(RealmModel realm) {
                    super.validate(realm);
                    new CustomSettings(this).validate(realm);
                }
            };
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return SettingsProperties.with(CustomSettings.properties());
        }
    }
}
