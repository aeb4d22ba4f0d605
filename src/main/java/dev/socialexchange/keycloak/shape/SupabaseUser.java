package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** A person as Supabase's clients know one. */
final class SupabaseUser {
    /** Of Keycloak's session, where the realm has a mapper for it. */
    private static final String PROVIDER = "identity_provider";

    private static final String[] METADATA = {"sub", "name", "email", "email_verified", "picture"};

    private SupabaseUser() {}

    /** By whom somebody has signed in, if the realm tells it; else empty. */
    static String provider(JsonNode claims) {
        return claims.path(PROVIDER).asText("");
    }

    /** Seconds since the epoch. */
    static long signedInAt(JsonNode token) {
        return token.path("auth_time").asLong(token.path("iat").asLong());
    }

    /**
     * {@code role} and {@code aud} are what its clients take for signed in; nobody decides by them here. The clients in Swift and Kotlin read nobody without
     * times, and the realm tells no app since when it knows somebody: all are that of the sign-in.
     *
     * @param provider empty if it is not known
     * @param signedInAt seconds since the epoch
     */
    static ObjectNode of(JsonNode claims, String provider, long signedInAt) {
        String id = claims.path("sub").asText();
        String time = Instant.ofEpochSecond(signedInAt).toString();
        ObjectNode user = AppAnswer.object()
                .put("id", id)
                .put("aud", "authenticated")
                .put("role", "authenticated")
                .put("email", claims.path("email").asText(""))
                .put("phone", claims.path("phone_number").asText(""));
        if (claims.path("email_verified").asBoolean()) {
            user.put("email_confirmed_at", time).put("confirmed_at", time);
        }
        times(user, time);
        ObjectNode app = user.putObject("app_metadata");
        ObjectNode metadata = user.putObject("user_metadata");
        for (String name : METADATA) {
            if (claims.hasNonNull(name)) {
                metadata.set(name, claims.get(name));
            }
        }
        user.putArray("identities");
        if (!provider.isEmpty()) {
            app.put("provider", provider).putArray("providers").add(provider);
            ObjectNode identity = user.withArray("/identities")
                    .addObject()
                    .put(
                            "identity_id",
                            UUID.nameUUIDFromBytes((id + '\n' + provider).getBytes(StandardCharsets.UTF_8))
                                    .toString())
                    .put("id", id)
                    .put("user_id", id)
                    .put("provider", provider);
            identity.set("identity_data", metadata.deepCopy());
            times(identity, time);
        }
        return user.put("is_anonymous", false);
    }

    private static void times(ObjectNode of, String time) {
        of.put("created_at", time).put("updated_at", time).put("last_sign_in_at", time);
    }
}
