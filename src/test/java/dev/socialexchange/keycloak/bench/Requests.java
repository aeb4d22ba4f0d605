package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.TokenRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Where a grant's requests come from, as bytes that are ready to be sent. */
interface Requests {

    /** Called by all connections at once. */
    byte[] next();

    /** Called before each turn, while nothing is measured. */
    default void prepare() {
        // most requests can be sent again and again
    }

    static Requests repeated(List<byte[]> requests) {
        AtomicInteger turn = new AtomicInteger();
        return () -> requests.get(Math.floorMod(turn.getAndIncrement(), requests.size()));
    }

    /** HTTP/1.1 on the wire. */
    static byte[] wire(TokenRequest request) {
        String form = request.parameters().stream()
                .map(parameter -> encode(parameter.getKey()) + '=' + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String headers = request.headers().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining());
        return ("POST " + request.endpoint().getPath() + " HTTP/1.1\r\n"
                        + "Host: " + request.endpoint().getAuthority() + "\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                        + "Content-Length: " + form.length() + "\r\n" + headers + "\r\n" + form)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
