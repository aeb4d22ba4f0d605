package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.util.Map;

/** The realm resource beside the token endpoint. */
public record Doors(OwnRealm realm) {

    public URI uri(String path) {
        return URI.create(
                "%s/realms/%s/social-exchange/%s".formatted(realm.server().url(), realm.name(), path));
    }

    public TokenRequest nonce(String clientId) {
        return new TokenRequest(uri("nonce")).as(clientId);
    }

    /** A nonce, as the door answers it. */
    public String newNonce(String clientId) {
        return nonce(clientId).send().text("nonce");
    }

    public Answer providers(String clientId) {
        return providers(clientId, Map.of());
    }

    public Answer providers(String clientId, Map<String, String> headers) {
        RawRequest request = RawRequest.to(uri("providers?client_id=" + Http.encode(clientId)))
                .method("GET");
        headers.forEach(request::header);
        return request.send();
    }

    /** What a browser asks before a script of this origin may send its request. */
    public Answer preflight(String path, String origin) {
        return RawRequest.to(uri(path))
                .method("OPTIONS")
                .header("Origin", origin)
                .header("Access-Control-Request-Headers", "authorization")
                .send();
    }

    /** One provider, by its name. */
    public Answer providers(String clientId, String alias) {
        return RawRequest.to(uri("providers?client_id=" + Http.encode(clientId) + "&alias=" + Http.encode(alias)))
                .method("GET")
                .send();
    }

    /** As whoever the access token is for. */
    public TokenRequest link(String alias, String accessToken) {
        return new TokenRequest(uri("links/" + alias)).header("Authorization", "Bearer " + accessToken);
    }

    /** Keycloak's account API. */
    public Answer account(String method, String path, String accessToken) {
        return RawRequest.to(URI.create(
                        "%s/realms/%s/account/%s".formatted(realm.server().url(), realm.name(), path)))
                .method(method)
                .header("Authorization", "Bearer " + accessToken)
                .header("Accept", "application/json")
                .send();
    }
}
