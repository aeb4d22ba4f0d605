package dev.socialexchange.keycloak.provider;

import java.util.Optional;

/** Where settings that are secrets are kept. */
@FunctionalInterface
public interface Secrets {

    /**
     * Whether it is meant as a vault's reference, well-formed or not: whoever knows how references look could guess it as a secret.
     *
     * @param configured a setting, or {@code null}
     */
    static boolean isReference(String configured) {
        return configured != null && configured.strip().startsWith("${vault.");
    }

    /**
     * @param configured the secret itself, or a vault's reference to it; {@code null} for none
     * @return empty if the vault has no such secret, or the setting is none, or a reference that no vault could read
     */
    Optional<String> secret(String configured);
}
