package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.mappers.AbstractClaimMapper;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.oidc.mappers.AdvancedClaimToRoleMapper;
import org.keycloak.broker.oidc.mappers.ExternalKeycloakRoleToRoleMapper;
import org.keycloak.broker.oidc.mappers.UsernameTemplateMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;

/**
 * What an exchange has not read of what the provider says about somebody. That a claim is not in an id token, while the provider
 * has a profile that was not opened, does not mean that it was withdrawn, nor the reverse: a mapper that looks for it leaves the
 * user as they are. A browser login, a code, or an id token with its access token tell everything.
 */
final class UnreadEvidence {
    /** As {@code UsernameTemplateMapper} (26.7) writes them. */
    private static final Pattern TEMPLATE_CLAIM = Pattern.compile("\\$\\{CLAIM\\.([^}|]+?)\\s*(?:\\|[^}]*)?}");

    private UnreadEvidence() {}

    /** Whether a mapper looks for what was not read. */
    static boolean concerns(IdentityProviderMapperModel mapper, BrokeredIdentityContext identity) {
        if (mapper.getIdentityProviderMapper().equals(ExternalKeycloakRoleToRoleMapper.PROVIDER_ID)) {
            // it reads a Keycloak's access token, and fails without one (26.7)
            return identity.getContextData().get(KeycloakOIDCIdentityProvider.VALIDATED_ACCESS_TOKEN) == null;
        }
        boolean profileUnread = BrokeredIdentities.profileUnread(identity);
        return profileUnread && fields(mapper).anyMatch(field -> isAbsent(identity, field))
                || (profileUnread || isIdTokenUnread(identity))
                        && claims(mapper).anyMatch(claim -> isAbsent(identity, claim));
    }

    private static boolean isAbsent(BrokeredIdentityContext identity, String claim) {
        return AbstractClaimMapper.getClaimValue(identity, claim) == null;
    }

    private static boolean isIdTokenUnread(BrokeredIdentityContext identity) {
        return identity.getIdp() instanceof OIDCIdentityProvider
                && !identity.getContextData().containsKey(OIDCIdentityProvider.VALIDATED_ID_TOKEN);
    }

    /** Looked for in the profile, or what stands in its place. */
    private static Stream<String> fields(IdentityProviderMapperModel mapper) {
        return present(Stream.of(mapper.getConfig().get(AbstractJsonUserAttributeMapper.CONF_JSON_FIELD)));
    }

    /** Looked for in all that the provider says. */
    private static Stream<String> claims(IdentityProviderMapperModel mapper) {
        return present(Stream.of(
                        Stream.of(mapper.getConfig().get(AbstractClaimMapper.CLAIM)),
                        mapper.getConfigMap(AdvancedClaimToRoleMapper.CLAIM_PROPERTY_NAME).keySet().stream(),
                        TEMPLATE_CLAIM
                                .matcher(mapper.getConfig().getOrDefault(UsernameTemplateMapper.TEMPLATE, ""))
                                .results()
                                .map(found -> found.group(1)))
                .flatMap(names -> names));
    }

    private static Stream<String> present(Stream<String> names) {
        return names.filter(name -> name != null && !name.isBlank());
    }
}
