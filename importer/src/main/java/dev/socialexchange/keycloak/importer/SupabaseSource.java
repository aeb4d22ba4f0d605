package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A row of {@code auth.users} as JSON, a line each, with its rows of {@code auth.identities} as the member {@code identities}. Before November 2023 an
 * identity's {@code id} was the provider's.
 */
final class SupabaseSource implements Source {

    @Override
    public String name() {
        return "supabase";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> {
            if (user.path("deleted_at").asText("").isEmpty()) {
                people.accept(user, person(user, ids));
            }
        });
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("id").asText());
        line.email(user.path("email").asText(""), Moments.read(user.path("email_confirmed_at")) != null)
                .text("phone", user.path("phone").asText(""))
                .disabled(Exclusion.until(user.path("banned_until")))
                .flag("anonymous", Flag.isSet(user.path("is_anonymous")))
                .moment("createdAt", Moments.read(user.path("created_at")))
                .moment("lastLoginAt", Moments.read(user.path("last_sign_in_at")));
        JsonNode profile = Json.inside(user.path("raw_user_meta_data"));
        line.wholeName(profile.path("full_name").asText(profile.path("name").asText("")));
        for (JsonNode identity : user.path("identities")) {
            JsonNode data = Json.inside(identity.path("identity_data"));
            String provider = identity.path("provider").asText();
            String id = identity.path("provider_id")
                    .asText(data.path("sub").asText(identity.path("id").asText("")));
            line.account(
                    provider,
                    ids.translate(provider, id, data),
                    data.path("email").asText(""));
        }
        return line.password("supabase", user.path("encrypted_password").asText(""));
    }
}
