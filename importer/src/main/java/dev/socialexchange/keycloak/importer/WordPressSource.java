package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * WordPress with Nextend Social Login: a row of {@code wp_users} as JSON, a line each, with {@code first_name}, {@code last_name} and {@code wp_capabilities} of {@code wp_usermeta}, and the rows of {@code
 * wp_social_users} as the member {@code social}. It knows of no verified address.
 */
final class WordPressSource implements Source {

    @Override
    public String name() {
        return "wordpress";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        String email = user.path("user_email").asText("");
        PersonLine line = new PersonLine(user.path("ID").asText())
                .email(email, false)
                .text("username", user.path("user_login").asText(""))
                .text("firstName", user.path("first_name").asText(""))
                .text("lastName", user.path("last_name").asText(""))
                .disabled(Exclusion.by(user.path("spam"))) // of a network of sites
                .disabled(Exclusion.by(user.path("deleted")))
                .disabled(Exclusion.by(user.path("user_status"))) // BuddyPress': spam is 1, not yet active 2
                .flag("privileged", user.path("wp_capabilities").asText("").contains("administrator"))
                .moment("createdAt", Moments.read(user.path("user_registered")));
        for (JsonNode account : user.path("social")) {
            String provider = account.path("type").asText();
            line.account(
                    provider,
                    ids.translate(provider, account.path("identifier").asText(""), MissingNode.getInstance()),
                    email);
        }
        return line.password("wordpress", user.path("user_pass").asText(""));
    }
}
