package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/** Parse Server: {@code GET /users} with the master key, each with {@code _hashed_password} out of the database, where that was put beside. */
final class ParseSource implements Source {
    /** What it makes up for whoever signs in with a provider. */
    private static final String MADE_UP = "[A-Za-z0-9]{25}";

    @Override
    public String name() {
        return "parse";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, "results", user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        String id = user.path("objectId").asText(user.path("_id").asText(""));
        String username = user.path("username").asText("");
        JsonNode accounts = Json.inside(user.path("authData"));
        PersonLine line = new PersonLine(id)
                .email(user.path("email").asText(""), user.path("emailVerified").asBoolean())
                .text("username", !accounts.isEmpty() && username.matches(MADE_UP) ? "" : username)
                .flag("anonymous", accounts.has("anonymous"))
                .moment("createdAt", Moments.read(user.path("createdAt")));
        accounts.properties()
                .forEach(account -> line.account(
                        account.getKey(),
                        ids.translate(
                                account.getKey(), account.getValue().path("id").asText(""), MissingNode.getInstance()),
                        user.path("email").asText("")));
        return line.password("parse", user.path("_hashed_password").asText(""));
    }
}
