package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a provider remembers of the codes and tokens it gave out. Tokens that have ended stay known as such. */
final class TokenRegistry {

    private final Map<String, AuthorizationCode> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    String keep(String code, AuthorizationCode agreed) {
        codes.put(code, agreed);
        return code;
    }

    String keep(String token, Grant grant) {
        grants.put(token, grant);
        return token;
    }

    /** A code is gone after one attempt. */
    Optional<AuthorizationCode> takeCode(String code) {
        return Optional.ofNullable(codes.remove(code));
    }

    Optional<Grant> find(String token) {
        return Optional.ofNullable(token).map(grants::get);
    }

    boolean hasRevoked(Person person) {
        return grants.values().stream()
                .anyMatch(grant -> grant.revoked() && grant.person().id().equals(person.id()));
    }

    boolean revoke(String token) {
        return grants.computeIfPresent(token, (key, grant) -> grant.revoke()) != null;
    }

    boolean expire(String token) {
        return grants.computeIfPresent(token, (key, grant) -> grant.expire()) != null;
    }
}
