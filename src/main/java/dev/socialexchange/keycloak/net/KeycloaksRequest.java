package dev.socialexchange.keycloak.net;

import java.nio.charset.StandardCharsets;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.KeycloakSession;

/** A call of ours in the form in which Keycloak's browser login (26.7) sends it itself, which takes bodies of its HTTP client alone. */
public final class KeycloaksRequest {

    private KeycloaksRequest() {}

    public static SimpleHttpRequest of(KeycloakSession session, Call call) {
        SimpleHttp http = SimpleHttp.create(session);
        String url = call.uri().toString();
        SimpleHttpRequest request = call.method().equals("GET") ? http.doGet(url) : http.doPost(url);
        call.headers().forEach(request::header);
        if (call.body() == null) {
            return request;
        }
        ContentType type = ContentType.create(call.body().contentType(), StandardCharsets.UTF_8);
        return request.entity(new StringEntity(call.body().content(), type));
    }
}
