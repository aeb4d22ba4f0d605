package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** A request to any address of the server, as bare as it goes over the wire. */
public final class RawRequest {

    private final HttpRequest.Builder request;
    private final List<String> form = new ArrayList<>();
    private String method = "POST";
    private String contentType = "application/x-www-form-urlencoded";

    private RawRequest(URI uri) {
        request = HttpRequest.newBuilder(uri).timeout(Http.TIMEOUT);
    }

    /** A form by POST, unless something else is said. */
    public static RawRequest to(URI uri) {
        return new RawRequest(uri);
    }

    public RawRequest method(String name) {
        method = name;
        return this;
    }

    public RawRequest header(String name, String value) {
        request.header(name, value);
        return this;
    }

    public RawRequest form(String name, String value) {
        return encoded(Http.encode(name) + "=" + Http.encode(value));
    }

    /** A piece of the body as it is, without an ampersand. */
    public RawRequest encoded(String pair) {
        form.add(pair);
        return this;
    }

    /** The whole body. */
    public RawRequest json(String body) {
        contentType = "application/json";
        return encoded(body);
    }

    /** Lines of JSON. */
    public RawRequest lines(String body) {
        contentType = "application/x-ndjson";
        return encoded(body);
    }

    /** The whole body, of another kind. */
    public RawRequest body(String type, String text) {
        contentType = type;
        return encoded(text);
    }

    public Answer send() {
        HttpRequest built = request.header("Content-Type", contentType)
                .method(method, HttpRequest.BodyPublishers.ofString(String.join("&", form)))
                .build();
        boolean ours = method.equals("POST")
                && (built.uri().getPath().contains("/social-exchange/")
                        || form.stream().anyMatch(pair -> pair.startsWith("subject_issuer=")));
        return Stocktaker.watching(built.uri(), ours, () -> {
            long start = System.nanoTime();
            return Answer.of(Http.send(built), start);
        });
    }
}
