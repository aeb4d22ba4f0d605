package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A request to the token endpoint, put together parameter by parameter; the same name may be given twice. */
public final class TokenRequest {

    private final URI endpoint;
    private final List<Map.Entry<String, String>> parameters = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    TokenRequest(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** As a public client. */
    public TokenRequest as(String clientId) {
        return param("client_id", clientId);
    }

    /** As a confidential client, with HTTP Basic. */
    public TokenRequest as(String clientId, String secret) {
        String pair = Http.encode(clientId) + ":" + Http.encode(secret);
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return header("Authorization", "Basic " + basic);
    }

    public TokenRequest subjectToken(String token) {
        return param("subject_token", token);
    }

    public TokenRequest type(String subjectTokenType) {
        return param("subject_token_type", subjectTokenType);
    }

    public TokenRequest scope(String scope) {
        return param("scope", scope);
    }

    public TokenRequest requested(String tokenType) {
        return param("requested_token_type", tokenType);
    }

    /** As a browser at this origin would send it. */
    public TokenRequest origin(String origin) {
        return header("Origin", origin);
    }

    public TokenRequest param(String name, String value) {
        parameters.add(Map.entry(name, value));
        return this;
    }

    public TokenRequest header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    /** The same request with other parameters. */
    public TokenRequest with(List<Map.Entry<String, String>> others) {
        TokenRequest changed = new TokenRequest(endpoint);
        changed.parameters.addAll(others);
        changed.headers.addAll(headers);
        return changed;
    }

    public URI endpoint() {
        return endpoint;
    }

    public List<Map.Entry<String, String>> parameters() {
        return List.copyOf(parameters);
    }

    public List<Map.Entry<String, String>> headers() {
        return List.copyOf(headers);
    }

    public Answer send() {
        Answer answer = Rehearsals.before(
                this,
                () -> Stocktaker.watching(endpoint, isOurs(), () -> {
                    long start = System.nanoTime();
                    return Answer.of(Http.send(build()), start);
                }));
        return DescribedAnswers.described(endpoint, isOurs(), answer);
    }

    /** An exchange with a subject issuer, or a request to another door. */
    private boolean isOurs() {
        return endpoint.getPath().contains("/social-exchange/")
                || parameters.stream().anyMatch(parameter -> parameter.getKey().equals("subject_issuer"));
    }

    /** All of them at the same moment; the answers in the same order. */
    public static List<Answer> sendAtOnce(Stream<TokenRequest> requests) {
        return requests.map(TokenRequest::sendAsync).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    public CompletableFuture<Answer> sendAsync() {
        long start = System.nanoTime();
        return Http.sendAsync(build()).thenApply(response -> Answer.of(response, start));
    }

    private HttpRequest build() {
        String form = parameters.stream()
                .map(parameter -> Http.encode(parameter.getKey()) + "=" + Http.encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(Http.TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return request.build();
    }
}
