package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
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
                .disabled(banned(user))
                .flag("anonymous", Flag.isSet(user.path("isAnonymous")))
                .flag("privileged", "admin".equals(user.path("role").asText()))
                .moment("createdAt", Moments.read(user.path("createdAt")));
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

    /** better-auth forgets a ban that is over at the next login only. */
    private static Exclusion banned(JsonNode user) {
        Exclusion banned = Exclusion.by(user.path("banned"));
        boolean ends = banned.isOut()
                && !banned.unread()
                && Ban.until(user.path("banExpires")).isPresent();
        return ends ? Exclusion.until(user.path("banExpires")) : banned;
    }

    /** A flag of better-auth's, which many databases have as a number, or the moment of it that Auth.js has. */
    private static boolean isVerified(JsonNode value) {
        return switch (Flag.of(value)) {
            case YES -> !value.isTextual(); // a word has never verified anything
            case NO, ABSENT, EMPTY -> false;
            case UNCLEAR -> Moments.read(value) != null;
        };
    }
}
