package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/** A user of Auth.js or better-auth as JSON, a line each, with their rows of the table of accounts as the member {@code accounts}. */
final class AuthJsSource implements Source {

    @Override
    public String name() {
        return "authjs";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("id").asText());
        line.email(user.path("email").asText(""), isVerified(user.path("emailVerified")))
                .text("username", user.path("username").asText(""))
                .wholeName(user.path("name").asText(""))
                .text("phone", user.path("phoneNumber").asText(""))
                .flag("disabled", user.path("banned").asBoolean() && !user.hasNonNull("banExpires"))
                .flag("anonymous", user.path("isAnonymous").asBoolean())
                .flag("privileged", "admin".equals(user.path("role").asText()))
                .moment("createdAt", Moments.read(user.path("createdAt")));
        if (user.path("banned").asBoolean()
                && user.hasNonNull("banExpires")) { // better-auth forgets it at the next login only
            Instant end = Moments.read(user.path("banExpires"));
            line.bannedUntil(end == null ? Instant.MAX : end);
        }
        for (JsonNode account : user.path("accounts")) {
            String provider =
                    account.path("provider").asText(account.path("providerId").asText(""));
            String id = account.path("providerAccountId")
                    .asText(account.path("accountId").asText(""));
            line.account(
                    provider,
                    ids.translate(provider, id, account),
                    user.path("email").asText(""));
            if (account.hasNonNull("password")) {
                line.password("better-auth", account.path("password").asText());
            }
        }
        return line;
    }

    /** A flag of better-auth's, or the moment of it that Auth.js has. */
    private static boolean isVerified(JsonNode value) {
        return value.isBoolean() ? value.asBoolean() : Moments.read(value) != null;
    }
}
