package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.signal.SignalRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** What was sent, byte for byte but for forms, which Keycloak (26.7) has read before anybody else can. */
record SignalBody(KeycloakSession session) {

    SignalRequest read(InputStream body) {
        HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
        MediaType type = headers.getMediaType();
        boolean form = type != null && type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE);
        return new SignalRequest(single(headers.getRequestHeaders()), form ? form() : bytes(body));
    }

    /** No more than one byte over what is taken. */
    private static byte[] bytes(InputStream body) {
        try {
            return body == null ? new byte[0] : body.readNBytes(SignalRequest.MAX_BODY + 1);
        } catch (IOException interrupted) {
            throw new UncheckedIOException(interrupted);
        }
    }

    /** With what came twice, for whoever reads it to refuse. */
    private byte[] form() {
        MultivaluedMap<String, String> fields =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        return fields.entrySet().stream()
                .flatMap(
                        field -> field.getValue().stream().map(value -> encoded(field.getKey()) + '=' + encoded(value)))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A header that came twice is none: nobody knows which of them was signed. */
    private static Map<String, String> single(Map<String, List<String>> headers) {
        Map<String, String> single = new HashMap<>();
        headers.forEach((name, values) -> {
            if (values.size() == 1) {
                single.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return single;
    }
}
