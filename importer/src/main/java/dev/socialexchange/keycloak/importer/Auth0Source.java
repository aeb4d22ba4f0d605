package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/** Auth0's export job in the format json, one object a line, with {@code identities} among its fields. */
final class Auth0Source implements Source {

    @Override
    public String name() {
        return "auth0";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("user_id").asText());
        line.email(user.path("email").asText(""), user.path("email_verified").asBoolean())
                .text("username", user.path("username").asText(""))
                .text("firstName", user.path("given_name").asText(""))
                .text("lastName", user.path("family_name").asText(""))
                .wholeName(user.path("name").asText(""))
                .text("phone", user.path("phone_number").asText(""))
                .disabled(Exclusion.by(user.path("blocked")))
                .moment("createdAt", Moments.read(user.path("created_at")))
                .moment("lastLoginAt", Moments.read(user.path("last_login")));
        for (JsonNode identity : user.path("identities")) {
            String provider = named(identity);
            line.account(
                    provider,
                    ids.translate(provider, identity.path("user_id").asText(""), identity),
                    identity.at("/profileData/email").asText(""));
        }
        return line;
    }

    /** A directory of a company's own is told by its connection, of which there may be many. */
    private static String named(JsonNode identity) {
        String provider = identity.path("provider").asText();
        return switch (provider) {
            case "waad", "samlp", "oidc", "adfs", "okta", "google-apps" ->
                identity.path("connection").asText(provider);
            default -> provider;
        };
    }
}
