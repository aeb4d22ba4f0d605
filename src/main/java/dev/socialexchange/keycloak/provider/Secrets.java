package dev.socialexchange.keycloak.provider;

import java.util.Optional;

/** Where settings that are secrets are kept. */
@FunctionalInterface
public interface Secrets {

    /**
     * @param configured the secret itself, or a vault's reference to it; {@code null} for none
     * @return empty if the vault has no such secret, or the setting is none
     */
    Optional<String> secret(String configured);
}
