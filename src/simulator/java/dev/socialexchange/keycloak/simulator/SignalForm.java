package dev.socialexchange.keycloak.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The forms in which providers say something by themselves, as their documentation prints them. */
enum SignalForm {
    /** A draft of RISC: the subject stands in the event, and the issuer has a slash at its end. */
    GOOGLE("application/secevent+jwt") {
        @Override
        String body(SignalOrder order, Provider from, Person someone) {
            String issuer = ((OpenIdProvider) from).issuer() + "/";
            Map<String, Object> event = event(order, subject("subject_type", "iss-sub", issuer, order, from, someone));
            return token(order, from, someone, issuer, Map.of("events", Map.of(order.event(), event)), null);
        }
    },
    /** One event in a JSON text, and milliseconds. */
    APPLE("application/json") {
        @Override
        String body(SignalOrder order, Provider from, Person someone) {
            Map<String, Object> event = Json.object(
                    "type",
                    order.event(),
                    "sub",
                    from.subject(client(order, from), someone),
                    "event_time",
                    happened(order).toEpochMilli());
            event.putAll(order.detailsOrNone());
            long end = Instant.now().getEpochSecond() + 86_400;
            return Json.write(Map.of(
                    "payload",
                    token(
                            order,
                            from,
                            someone,
                            ((OpenIdProvider) from).issuer(),
                            Map.of("events", Json.write(event), "exp", end),
                            null)));
        }
    },
    /** As Google's, with a subject of the token as well. */
    KAKAO("application/secevent+jwt") {
        @Override
        String body(SignalOrder order, Provider from, Person someone) {
            String issuer = ((OpenIdProvider) from).issuer();
            Map<String, Object> event = event(order, subject("subject_type", "iss-sub", issuer, order, from, someone));
            return token(
                    order,
                    from,
                    someone,
                    issuer,
                    Map.of(
                            "sub",
                            from.subject(client(order, from), someone),
                            "toe",
                            happened(order).getEpochSecond(),
                            "events",
                            Map.of(order.event(), event)),
                    "secevent+jwt");
        }
    },
    /** OpenID Shared Signals Framework 1.0. */
    SHARED_SIGNALS("application/secevent+jwt") {
        @Override
        String body(SignalOrder order, Provider from, Person someone) {
            String issuer = ((OpenIdProvider) from).issuer();
            Map<String, Object> event = new LinkedHashMap<>(order.detailsOrNone());
            event.put("event_timestamp", happened(order).getEpochSecond());
            Map<String, Object> claims =
                    new LinkedHashMap<>(subject("format", "iss_sub", issuer, order, from, someone));
            return token(
                    order,
                    from,
                    someone,
                    issuer,
                    Map.of("sub_id", claims, "events", Map.of(order.event(), event)),
                    "secevent+jwt");
        }
    },
    /** Meta's: the event is said by the address alone. */
    SIGNED_REQUEST("application/x-www-form-urlencoded") {
        @Override
        String body(SignalOrder order, Provider from, Person someone) {
            Map<String, Object> payload = Json.object(
                    "user_id",
                    from.subject(client(order, from), someone),
                    "algorithm",
                    "HMAC-SHA256",
                    "issued_at",
                    happened(order).getEpochSecond());
            String encoded = base64Url(Json.write(payload).getBytes(StandardCharsets.UTF_8));
            String secret = order.is("forged") ? "another secret" : from.secret(client(order, from));
            String signature = base64Url(HexFormat.of().parseHex(Digests.hmacSha256Hex(secret, encoded)));
            return "signed_request=" + URLEncoder.encode(cut(order, signature + '.' + encoded), StandardCharsets.UTF_8);
        }
    };

    private final String contentType;

    SignalForm(String contentType) {
        this.contentType = contentType;
    }

    static SignalForm of(Provider from, String name) {
        return switch (name) {
            case "google" -> GOOGLE;
            case "apple" -> APPLE;
            case "kakao" -> KAKAO;
            case "facebook", "instagram" -> SIGNED_REQUEST;
            default -> {
                if (from instanceof OpenIdProvider) {
                    yield SHARED_SIGNALS;
                }
                throw new IllegalArgumentException("This provider says nothing by itself here");
            }
        };
    }

    abstract String body(SignalOrder order, Provider from, Person someone);

    SignalMessage message(SignalOrder order, Provider from, Person someone) {
        if (order.event() == null) {
            throw new IllegalArgumentException("event is missing");
        }
        return new SignalMessage(Map.of("Content-Type", contentType), body(order, from, someone));
    }

    private static String client(SignalOrder order, Provider from) {
        return order.client_id() == null ? from.clientId() : order.client_id();
    }

    private static Instant happened(SignalOrder order) {
        return Instant.now().minusSeconds(order.happened());
    }

    private static Map<String, Object> event(SignalOrder order, Map<String, Object> subject) {
        Map<String, Object> event = Json.object("subject", subject);
        event.putAll(order.detailsOrNone());
        return event;
    }

    private static Map<String, Object> subject(
            String key, String format, String issuer, SignalOrder order, Provider from, Person someone) {
        return Json.object(key, format, "iss", issuer, "sub", from.subject(client(order, from), someone));
    }

    private static String token(
            SignalOrder order, Provider from, Person someone, String issuer, Map<String, Object> further, String type) {
        OpenIdProvider provider = (OpenIdProvider) from;
        if (order.is("id_token")) {
            return provider.idToken(client(order, from), someone);
        }
        Map<String, Object> claims = Json.object(
                "iss",
                issuer,
                "aud",
                order.is("foreign_audience") ? Provider.FOREIGN_CLIENT : client(order, from),
                "iat",
                happened(order).getEpochSecond(),
                "jti",
                Digests.random(24));
        claims.putAll(further);
        String token = provider.sign(claims, type);
        if (order.is("forged")) {
            int end = token.lastIndexOf('.');
            String other = provider.sign(Json.object("iss", issuer), type);
            return token.substring(0, end) + other.substring(other.lastIndexOf('.'));
        }
        return cut(order, token);
    }

    private static String cut(SignalOrder order, String text) {
        return order.is("truncated") ? text.substring(0, text.length() - 8) : text;
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
