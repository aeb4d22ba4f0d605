package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** {@code aws cognito-idp list-users}. A person who is listed twice, once as an account of a provider that is linked, is told by the server. */
final class CognitoSource implements Source {
    private static final String UNCONFIRMED = "UNCONFIRMED";

    private static final Set<String> LET_IN =
            Set.of("CONFIRMED", UNCONFIRMED, "EXTERNAL_PROVIDER", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD");
    private static final Set<String> KEPT_OUT = Set.of("ARCHIVED", "COMPROMISED");

    @Override
    public String name() {
        return "cognito";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, "Users", user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        Map<String, String> attributes = new LinkedHashMap<>();
        user.path("Attributes")
                .forEach(attribute -> attributes.put(
                        attribute.path("Name").asText(), attribute.path("Value").asText()));
        PersonLine line = new PersonLine(
                attributes.getOrDefault("sub", user.path("Username").asText()));
        line.email(attributes.get("email"), "true".equals(attributes.get("email_verified")))
                .text("firstName", attributes.get("given_name"))
                .text("lastName", attributes.get("family_name"))
                .wholeName(attributes.get("name"))
                .text("locale", attributes.get("locale"))
                .text("phone", attributes.get("phone_number"))
                .disabled(Exclusion.unless(user.path("Enabled")))
                .disabled(Exclusion.unlessOf(user.path("UserStatus"), LET_IN, KEPT_OUT))
                .flag("unconfirmed", UNCONFIRMED.equals(user.path("UserStatus").asText()))
                .moment("createdAt", Moments.read(user.path("UserCreateDate")));
        Json.lenient(attributes.getOrDefault("identities", "[]"))
                .ifPresent(identities -> identities.forEach(identity -> {
                    String provider = named(identity);
                    line.account(
                            provider,
                            ids.translate(provider, identity.path("userId").asText(""), identity),
                            attributes.get("email"));
                }));
        return line;
    }

    private static String named(JsonNode identity) {
        String type = identity.path("providerType").asText();
        return type.equals("OIDC") || type.equals("SAML")
                ? identity.path("providerName").asText()
                : type;
    }
}
