package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.util.JWKSUtils;

/**
 * What a provider's key set is good for.
 *
 * @param fitting algorithms that are accepted, and that one of its keys may sign with
 * @param offered what its signing keys are for: algorithms, or kinds of key where they name none
 */
public record KeyTrial(Set<String> fitting, Set<String> offered) {

    /**
     * @param algorithms that are accepted
     * @return empty if the answer is no key set
     */
    public static Optional<KeyTrial> of(Outcome.Answer answer, Set<String> algorithms) {
        try {
            return answer.json().map(KeySetLoader::keySet).map(keys -> of(keys, algorithms));
        } catch (ExchangeException unreadable) {
            return Optional.empty();
        }
    }

    /** As the loader reads them. */
    @SuppressWarnings("deprecation")
    private static KeyTrial of(JSONWebKeySet keySet, Set<String> algorithms) {
        Set<String> fitting = new TreeSet<>();
        Set<String> offered = new TreeSet<>();
        for (KeyWrapper key :
                JWKSUtils.getKeyWrappersForUse(keySet, JWK.Use.SIG, true).getKeys()) {
            offered.add(key.getAlgorithm() == null ? key.getType() : key.getAlgorithm());
            algorithms.stream()
                    .filter(algorithm ->
                            key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                    .filter(algorithm -> ProviderKeys.isOfFamily(key, algorithm))
                    .forEach(fitting::add);
        }
        return new KeyTrial(fitting, offered);
    }
}
