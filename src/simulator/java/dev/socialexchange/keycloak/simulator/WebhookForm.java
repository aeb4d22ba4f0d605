package dev.socialexchange.keycloak.simulator;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The webhooks of providers that sign a body with a secret, as their documentation prints them. Each says that somebody has removed the app, or
 * wants to be forgotten; another event makes it something that receivers have to leave alone.
 */
enum WebhookForm {
    GITHUB("github_app_authorization") {
        @Override
        SignalMessage message(Content content) {
            String body = Json.write(Json.object("action", "revoked", "sender", Json.object("id", content.subject())));
            return json(body)
                    .with("X-GitHub-Event", content.event())
                    .with("X-Hub-Signature-256", "sha256=" + content.hex(body));
        }
    },
    SLACK("tokens_revoked") {
        @Override
        SignalMessage message(Content content) {
            String[] ids = content.subject().split("_", 2);
            String body = Json.write(Json.object(
                    "type",
                    "event_callback",
                    "team_id",
                    ids[0],
                    "event_id",
                    "Ev" + Digests.random(9),
                    "event_time",
                    content.time(),
                    "event",
                    Json.object(
                            "type", content.event(), "tokens", Map.of("oauth", new String[] {ids[ids.length - 1]}))));
            return json(body)
                    .with("X-Slack-Request-Timestamp", String.valueOf(content.now()))
                    .with("X-Slack-Signature", "v0=" + content.hex("v0:" + content.now() + ":" + body));
        }
    },
    ZOOM("app_deauthorized") {
        @Override
        SignalMessage message(Content content) {
            String body = Json.write(Json.object(
                    "event",
                    content.event(),
                    "payload",
                    Json.object(
                            "client_id",
                            content.client(),
                            "user_id",
                            content.subject(),
                            "deauthorization_time",
                            Instant.ofEpochSecond(content.time()).toString())));
            return json(body)
                    .with("x-zm-request-timestamp", String.valueOf(content.now()))
                    .with("x-zm-signature", "v0=" + content.hex("v0:" + content.now() + ":" + body));
        }
    },
    TWITCH("user.authorization.revoke") {
        @Override
        SignalMessage message(Content content) {
            String id = Digests.random(24);
            String time = Instant.ofEpochSecond(content.time()).toString();
            String body = Json.write(Json.object(
                    "subscription",
                    Json.object("type", content.event(), "condition", Map.of("client_id", content.client())),
                    "event",
                    Json.object("client_id", content.client(), "user_id", content.subject(), "user_login", null)));
            return json(body)
                    .with("Twitch-Eventsub-Message-Id", id)
                    .with("Twitch-Eventsub-Message-Type", "notification")
                    .with("Twitch-Eventsub-Message-Timestamp", time)
                    .with("Twitch-Eventsub-Message-Signature", "sha256=" + content.hex(id + time + body));
        }
    },
    TIKTOK("authorization.removed") {
        @Override
        SignalMessage message(Content content) {
            String body = Json.write(Json.object(
                    "client_key",
                    content.client(),
                    "event",
                    content.event(),
                    "create_time",
                    content.time(),
                    "user_openid",
                    content.subject(),
                    "content",
                    "{\"reason\":1}"));
            return json(body)
                    .with("TikTok-Signature", "t=" + content.now() + ",s=" + content.hex(content.now() + "." + body));
        }
    },
    /** Signed by a key, and not with a secret: here the key that the secret stands for. */
    DISCORD("APPLICATION_DEAUTHORIZED") {
        @Override
        SignalMessage message(Content content) {
            String time = LocalDateTime.ofEpochSecond(content.time(), 1_000, ZoneOffset.UTC)
                    .toString();
            String body = Json.write(Json.object(
                    "version",
                    1,
                    "application_id",
                    content.client(),
                    "type",
                    1,
                    "event",
                    Json.object(
                            "type",
                            content.event(),
                            "timestamp",
                            time,
                            "data",
                            Json.object("user", Json.object("id", content.subject())))));
            return json(body)
                    .with("X-Signature-Timestamp", String.valueOf(content.now()))
                    .with("X-Signature-Ed25519", SignalKeys.ed25519Hex(content.secret(), content.now() + body));
        }
    },
    /** A form, whose subject is encrypted under the same key. */
    NAVER("unlink") {
        @Override
        SignalMessage message(Content content) {
            String id = SignalKeys.naverSealed(content.secret(), content.subject());
            String signed =
                    "clientId=%s&encryptUniqueId=%s&timestamp=%d".formatted(content.client(), id, content.time());
            return new SignalMessage(
                    Map.of("Content-Type", "application/x-www-form-urlencoded"),
                    signed + "&signature=" + SignalKeys.naverSignature(content.secret(), signed));
        }
    },
    ROBLOX("RightToErasureRequest") {
        @Override
        SignalMessage message(Content content) {
            String body = Json.write(Json.object(
                    "NotificationId",
                    Digests.random(24),
                    "EventType",
                    content.event(),
                    "EventTime",
                    Instant.ofEpochSecond(content.time()).toString(),
                    "EventPayload",
                    Json.object("UserId", content.subject())));
            byte[] signature = HexFormat.of().parseHex(content.hex(content.now() + "." + body));
            return json(body)
                    .with(
                            "roblox-signature",
                            "t=" + content.now() + ",v1=" + Base64.getEncoder().encodeToString(signature));
        }
    };

    private final String usual;

    WebhookForm(String usual) {
        this.usual = usual;
    }

    /**
     * What is said.
     *
     * @param secret with which it is signed
     * @param time when it happened, in seconds since 1970
     * @param now when it is said, in seconds since 1970
     */
    record Content(String event, String client, String subject, String secret, long time, long now) {

        String hex(String text) {
            return Digests.hmacSha256Hex(secret, text);
        }
    }

    abstract SignalMessage message(Content content);

    /** @return {@code null} of a provider without such a webhook */
    static WebhookForm of(String provider) {
        for (WebhookForm form : values()) {
            if (form.name().equalsIgnoreCase(provider)) {
                return form;
            }
        }
        return null;
    }

    SignalMessage message(SignalOrder order, Provider from, Person someone) {
        String client = order.is("foreign_audience")
                ? Provider.FOREIGN_CLIENT
                : order.client_id() == null ? from.clientId() : order.client_id();
        String secret = order.secret() == null ? from.secret(from.clientId()) : order.secret();
        long now = Instant.now().getEpochSecond();
        SignalMessage message = message(new Content(
                order.event() == null ? usual : order.event(),
                client,
                from.subject(from.clientId(), someone),
                order.is("forged") ? "another secret" : secret,
                now - order.happened(),
                now));
        return order.is("truncated")
                ? new SignalMessage(
                        message.headers(),
                        message.body().substring(0, message.body().length() - 8))
                : message;
    }

    private static SignalMessage json(String body) {
        return new SignalMessage(Map.of("Content-Type", "application/json"), body);
    }
}
