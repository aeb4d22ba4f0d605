package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/** Clerk: users as its Backend API lists them, each with the dashboard export's {@code password_digest}, where that was put beside. Accounts that were never verified are nobody's. */
final class ClerkSource implements Source {
    private static final String VERIFIED = "verified";

    @Override
    public String name() {
        return "clerk";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("id").asText());
        String primary = user.path("primary_email_address_id").asText();
        for (JsonNode address : user.path("email_addresses")) {
            if (address.path("id").asText().equals(primary)) {
                line.email(address.path("email_address").asText(), isVerified(address));
            }
        }
        line.text("username", user.path("username").asText(""))
                .text("firstName", user.path("first_name").asText(""))
                .text("lastName", user.path("last_name").asText(""))
                .disabled(
                        Exclusion.by(user.path("banned"))) // "locked" is over within the hour, and disabled is for good
                .moment("createdAt", Moments.read(user.path("created_at")))
                .moment("lastLoginAt", Moments.read(user.path("last_sign_in_at")));
        for (JsonNode account : user.path("external_accounts")) {
            if (isVerified(account)) {
                String provider = account.path("provider").asText().replaceFirst("^oauth_", "");
                line.account(
                        provider,
                        ids.translate(provider, account.path("provider_user_id").asText(""), MissingNode.getInstance()),
                        account.path("email_address").asText(""));
            }
        }
        return line.password("clerk", user.path("password_digest").asText(""));
    }

    private static boolean isVerified(JsonNode whatever) {
        return VERIFIED.equals(whatever.at("/verification/status").asText());
    }
}
