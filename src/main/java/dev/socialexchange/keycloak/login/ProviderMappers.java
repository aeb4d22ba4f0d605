package dev.socialexchange.keycloak.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The mappers of an identity provider. Keycloak (26.7) caches each of them and keeps that up to date across the cluster, but
 * asks the database at every login which ones there are, which is the dearest part of an exchange. That list is remembered
 * here for a second: a new mapper may wait so long, one that is changed or removed does not.
 */
final class ProviderMappers {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int PROVIDERS = 10_000;

    private final Cache<String, List<String>> ids = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(PROVIDERS)
            .build();

    /** @return in Keycloak's order */
    List<IdentityProviderMapperModel> of(KeycloakSession session, IdentityProviderModel provider) {
        IdentityProviderStorageProvider stored = session.identityProviders();
        String alias = provider.getAlias();
        List<String> known = ids.getIfPresent(provider.getInternalId());
        if (known != null) {
            return known.stream()
                    .map(stored::getMapperById)
                    .filter(Objects::nonNull)
                    .filter(mapper -> alias.equals(mapper.getIdentityProviderAlias()))
                    .toList();
        }
        List<IdentityProviderMapperModel> mappers =
                stored.getMappersByAliasStream(alias).toList();
        ids.put(
                provider.getInternalId(),
                mappers.stream().map(IdentityProviderMapperModel::getId).toList());
        return mappers;
    }
}
