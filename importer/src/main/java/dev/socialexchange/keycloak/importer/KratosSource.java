package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Ory Kratos: pages of {@code GET /admin/identities?include_credential=oidc&include_credential=password}. Its providers are called as its operator has
 * called them, so that each alias has to be said.
 */
final class KratosSource implements Source {

    @Override
    public String name() {
        return "kratos";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, identity -> people.accept(identity, person(identity, ids)));
    }

    private static PersonLine person(JsonNode identity, IdTranslator ids) {
        PersonLine line = new PersonLine(identity.path("id").asText());
        JsonNode traits = identity.path("traits");
        String email = traits.path("email").asText("");
        line.email(email, isVerified(identity, email))
                .text("username", traits.path("username").asText(""))
                .text("firstName", traits.at("/name/first").asText(""))
                .text("lastName", traits.at("/name/last").asText(""))
                .wholeName(traits.path("name").isTextual() ? traits.path("name").asText() : "")
                .disabled(Exclusion.unlessOf(identity.path("state"), Set.of("active"), Set.of("inactive")))
                .moment("createdAt", Moments.read(identity.path("created_at")));
        for (JsonNode provider : identity.at("/credentials/oidc/config/providers")) {
            String name = provider.path("provider").asText();
            line.account(
                    name, ids.translate(name, provider.path("subject").asText(""), MissingNode.getInstance()), email);
        }
        return line.password(
                "kratos",
                identity.at("/credentials/password/config/hashed_password").asText(""));
    }

    private static boolean isVerified(JsonNode identity, String email) {
        for (JsonNode address : identity.path("verifiable_addresses")) {
            if (address.path("value").asText().equals(email)
                    && address.path("verified").asBoolean()) {
                return true;
            }
        }
        return false;
    }
}
