package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/** ASP.NET Core Identity: a row of {@code AspNetUsers} as JSON, a line each, with its rows of {@code AspNetUserLogins} as the member {@code logins}. */
final class AspNetSource implements Source {
    @Override
    public String name() {
        return "aspnet";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("Id").asText())
                .email(
                        user.path("Email").asText(""),
                        user.path("EmailConfirmed").asBoolean()
                                || user.path("EmailConfirmed").asInt() == 1)
                .text("username", user.path("UserName").asText(""))
                .text("phone", user.path("PhoneNumber").asText(""))
                .disabled(Exclusion.lockedUntil(user.path("LockoutEnd")))
                .disabled(Exclusion.lockedUntil(user.path("LockoutEndDateUtc"))); // before Core
        for (JsonNode login : user.path("logins")) {
            String provider = login.path("LoginProvider").asText();
            line.account(
                    provider,
                    ids.translate(provider, login.path("ProviderKey").asText(""), MissingNode.getInstance()),
                    user.path("Email").asText(""));
        }
        return line.password("aspnet", user.path("PasswordHash").asText(""));
    }
}
