package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Logto: a row of its table {@code users} as JSON, a line each. It has no mark for a verified address. */
final class LogtoSource implements Source {
    /** As they spell themselves; the others say nothing of how they were made. */
    private static final Set<String> TELLING = Set.of("Argon2i", "Argon2id", "Argon2d", "Bcrypt");

    @Override
    public String name() {
        return "logto";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        JsonNode profile = Json.inside(user.path("profile"));
        PersonLine line = new PersonLine(user.path("id").asText())
                .email(user.path("primary_email").asText(""), false)
                .text("username", user.path("username").asText(""))
                .text("firstName", profile.path("givenName").asText(""))
                .text("lastName", profile.path("familyName").asText(""))
                .wholeName(user.path("name").asText(""))
                .text("phone", user.path("primary_phone").asText(""))
                .disabled(Exclusion.by(user.path("is_suspended")))
                .moment("createdAt", Moments.read(user.path("created_at")))
                .moment("lastLoginAt", Moments.read(user.path("last_sign_in_at")));
        Json.inside(user.path("identities")).properties().forEach(identity -> {
            JsonNode kept = identity.getValue();
            line.account(
                    identity.getKey(),
                    ids.translate(identity.getKey(), kept.path("userId").asText(""), MissingNode.getInstance()),
                    kept.at("/details/email").asText(""));
        });
        return TELLING.contains(user.path("password_encryption_method").asText())
                ? line.password("logto", user.path("password_encrypted").asText(""))
                : line;
    }
}
