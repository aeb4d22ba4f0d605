package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/** {@code firebase auth:export people.json}, or pages of the Admin SDK's {@code listUsers} with the same members by other names. */
final class FirebaseSource implements Source {

    @Override
    public String name() {
        return "firebase";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, "users", user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(either(user, "localId", "uid"));
        JsonNode accounts = user.has("providerUserInfo") ? user.path("providerUserInfo") : user.path("providerData");
        String email = user.path("email").asText("");
        line.email(email, user.path("emailVerified").asBoolean())
                .wholeName(user.path("displayName").asText(""))
                .text("phone", either(user, "phoneNumber", "phoneNumber"))
                .disabled(Exclusion.by(user.path("disabled")))
                .flag("anonymous", email.isEmpty() && accounts.isEmpty() && !user.hasNonNull("phoneNumber"))
                .moment("createdAt", Moments.read(of(user, "createdAt", "/metadata/creationTime")))
                .moment("lastLoginAt", Moments.read(of(user, "lastSignedInAt", "/metadata/lastSignInTime")));
        for (JsonNode account : accounts) {
            String provider = account.path("providerId").asText();
            line.account(
                    provider,
                    ids.translate(provider, either(account, "rawId", "uid"), MissingNode.getInstance()),
                    account.path("email").asText(""));
        }
        String hash = user.path("passwordHash").asText("");
        return hash.isEmpty()
                ? line
                : line.password("firebase-scrypt", user.path("salt").asText("") + '$' + hash);
    }

    private static String either(JsonNode object, String one, String other) {
        return object.path(one).asText(object.path(other).asText(""));
    }

    private static JsonNode of(JsonNode user, String name, String pointer) {
        return user.has(name) ? user.path(name) : user.at(pointer);
    }
}
