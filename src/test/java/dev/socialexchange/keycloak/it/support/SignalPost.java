package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What providers say to a realm by themselves. */
public final class SignalPost {
    public static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String SECURITY_EVENT = "application/secevent+jwt";

    private SignalPost() {}

    /** A security event token of acme's about somebody; the change sees its claims. */
    public static String token(Person person, String type, long happened, Consumer<Map<String, Object>> change) {
        return token(Suite.providers().acme(), person, type, happened, change);
    }

    /** The same, of another simulator's. */
    public static String token(
            OpenIdProvider acme, Person person, String type, long happened, Consumer<Map<String, Object>> change) {
        return acme.idToken(
                acme.clientId(),
                person,
                claims -> {
                    Object issuer = claims.get("iss");
                    Object audience = claims.get("aud");
                    claims.clear();
                    claims.putAll(Map.of(
                            "iss", issuer,
                            "aud", audience,
                            "iat", Instant.now().getEpochSecond(),
                            "jti", Suite.unique("signal"),
                            "sub_id", Map.of("format", "iss_sub", "iss", issuer, "sub", person.id()),
                            "events", Map.of(type, Map.of("event_timestamp", happened))));
                    change.accept(claims);
                },
                header -> header.put("typ", "secevent+jwt"));
    }

    public static Answer post(OwnRealm realm, String alias, String token) {
        return to(realm, alias + "/shared-signals").body(SECURITY_EVENT, token).send();
    }

    public static RawRequest to(OwnRealm realm, String address) {
        return RawRequest.to(
                URI.create(realm.server().url() + "/realms/" + realm.name() + "/social-exchange/signals/" + address));
    }

    /** A signed request of Meta's about somebody. */
    public static String signedRequest(String secret, String userId, long issued) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("user_id", userId);
        payload.put("algorithm", "HMAC-SHA256");
        payload.put("issued_at", issued);
        String encoded = base64Url(Json.write(payload).getBytes(StandardCharsets.UTF_8));
        return base64Url(hmac(secret, encoded)) + '.' + encoded;
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
