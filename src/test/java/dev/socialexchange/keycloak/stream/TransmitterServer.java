package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Plays a transmitter of the Shared Signals Framework 1.0, with one stream for its one client. */
final class TransmitterServer extends PlayedServer {
    static final String ACCESS_TOKEN = "access-token-of-the-client";
    private static final String ID = "stream-1";

    private ObjectNode stream;
    private String status = "enabled";
    private List<String> supported = Events.OF_SHARED_SIGNALS;
    private String issuer = url() + "/realms/a";
    private boolean verifiedAMomentAgo;

    String issuer() {
        return issuer;
    }

    /** What its signals say, whatever its document says. */
    TransmitterServer signsAs(String another) {
        issuer = another;
        return this;
    }

    TransmitterServer supports(List<String> events) {
        supported = events;
        return this;
    }

    ObjectNode stream() {
        return stream;
    }

    String status() {
        return status;
    }

    @Override
    Said said(Asked asked) {
        String[] parts = asked.request().replaceFirst("\\?.*", "").split(" ");
        if (parts[1].endsWith("ssf-configuration/realms/a")) {
            return new Said(200, document().toString());
        }
        if (parts[1].endsWith("/openid-configuration")) {
            return new Said(
                    200, Json.object().put("token_endpoint", url() + "/token").toString());
        }
        if (parts[1].equals("/token")) {
            return token(asked);
        }
        if (!asked.authorization().equals("Bearer " + ACCESS_TOKEN)) {
            return new Said(401, "");
        }
        return switch (parts[1]) {
            case "/streams" -> configured(parts[0], asked);
            case "/status" -> status(parts[0], asked);
            case "/verify" -> {
                boolean soon = verifiedAMomentAgo;
                verifiedAMomentAgo = true;
                yield new Said(soon ? 429 : 204, "");
            }
            default -> new Said(404, "");
        };
    }

    private ObjectNode document() {
        return Json.object()
                .put("issuer", url() + "/realms/a")
                .put("configuration_endpoint", url() + "/streams")
                .put("status_endpoint", url() + "/status")
                .put("verification_endpoint", url() + "/verify");
    }

    private static Said token(Asked asked) {
        String expected = "Basic "
                + Base64.getEncoder()
                        .encodeToString(("receiver:" + StreamShell.SECRET).getBytes(StandardCharsets.UTF_8));
        return asked.authorization().equals(expected) && asked.body().startsWith("grant_type=client_credentials")
                ? new Said(200, Json.object().put("access_token", ACCESS_TOKEN).toString())
                : new Said(401, "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client\"}");
    }

    private Said configured(String method, Asked asked) {
        if (method.equals("POST")) {
            if (stream != null) {
                return new Said(409, "{\"description\":\"exists\"}");
            }
            stream = Json.object().put("stream_id", ID).put("iss", issuer).put("aud", "receiver");
            stream.set("events_supported", Json.array(supported));
            take(asked);
            return new Said(201, stream.toString());
        }
        if (method.equals("GET") && !asked.request().contains("stream_id")) {
            return new Said(200, stream == null ? "[]" : "[" + stream + "]");
        }
        if (stream == null
                || !asked.request().endsWith("stream_id=" + ID) && !asked.body().contains('"' + ID + '"')) {
            return new Said(404, "");
        }
        if (method.equals("DELETE")) {
            stream = null;
            return new Said(204, "");
        }
        if (method.equals("PATCH")) {
            take(asked);
        }
        return new Said(200, stream.toString());
    }

    private void take(Asked asked) {
        asked.json().properties().forEach(member -> stream.set(member.getKey(), member.getValue()));
        stream.set(
                "events_delivered",
                Json.array(Json.texts(stream.path("events_requested")).stream()
                        .filter(supported::contains)
                        .toList()));
    }

    private Said status(String method, Asked asked) {
        if (method.equals("POST")) {
            status = asked.json().path("status").asText();
        }
        return new Said(
                200, Json.object().put("stream_id", ID).put("status", status).toString());
    }
}
