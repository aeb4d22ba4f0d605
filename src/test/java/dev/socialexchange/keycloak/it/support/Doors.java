package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /** In the shape of social login: the provider in the address. */
    public TokenRequest login(String alias) {
        return new TokenRequest(uri("login/" + alias));
    }

    /** What an exchange asks, in that shape. */
    public TokenRequest login(TokenRequest exchange) {
        String alias = value(exchange, "subject_issuer").orElseThrow();
        String name =
                switch (value(exchange, "subject_token_type").orElse("")) {
                    case TokenType.ID_TOKEN -> "id_token";
                    case TokenType.ACCESS_TOKEN -> "access_token";
                    case TokenType.AUTHORIZATION_CODE -> "code";
                    default -> throw new IllegalArgumentException("no such kind");
                };
        Set<String> left = Set.of("grant_type", "subject_issuer", "subject_token_type");
        return login(alias)
                .with(exchange.parameters().stream()
                        .filter(parameter -> !left.contains(parameter.getKey()))
                        .map(parameter -> parameter.getKey().equals("subject_token")
                                ? Map.entry(name, parameter.getValue())
                                : parameter)
                        .toList());
    }

    /** What an exchange asks, in the shape of another back end; empty if its apps cannot send it. */
    public Optional<RawRequest> dropIn(String shape, String clientId, TokenRequest exchange) {
        String kind = value(exchange, "subject_token_type").orElse("");
        String alias = value(exchange, "subject_issuer").orElseThrow();
        Optional<String> token = value(exchange, "subject_token");
        boolean nonce = value(exchange, "nonce").isPresent();
        Map<String, String> body = new LinkedHashMap<>();
        String path;
        if (shape.equals("supabase") && kind.equals(TokenType.ID_TOKEN)) {
            path = "auth/v1/token?grant_type=id_token";
            body.put("provider", alias);
            token.ifPresent(sent -> body.put("id_token", sent));
            value(exchange, "nonce").ifPresent(sent -> body.put("nonce", sent));
        } else if (shape.equals("dj-rest-auth") && !kind.equals(TokenType.AUTHORIZATION_CODE) && !nonce) {
            path = alias + "/";
            token.ifPresent(sent -> body.put(kind.equals(TokenType.ID_TOKEN) ? "id_token" : "access_token", sent));
        } else if (shape.equals("drf-social-oauth2") && kind.equals(TokenType.ACCESS_TOKEN)) {
            path = "convert-token";
            body.put("grant_type", "convert_token");
            body.put("backend", alias);
            token.ifPresent(sent -> body.put("token", sent));
        } else {
            return Optional.empty();
        }
        return Optional.of(RawRequest.to(uri("drop-in/%s/%s/%s".formatted(shape, clientId, path)))
                .json(Json.write(body)));
    }

    private static Optional<String> value(TokenRequest request, String name) {
        return request.parameters().stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    public RawRequest loginJson(String alias, String body) {
        return RawRequest.to(uri("login/" + alias)).json(body);
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
