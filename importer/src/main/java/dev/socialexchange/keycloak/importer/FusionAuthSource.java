package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * FusionAuth: a user as its API answers it, a line each, with their {@code identityProviderLinks}, and, out of its database, {@code encryptionScheme}, {@code factor}, {@code salt} and {@code
 * password}. Providers of OpenID Connect and SAML are called by their ids.
 */
final class FusionAuthSource implements Source {

    @Override
    public String name() {
        return "fusionauth";
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name(), aliases);
        JsonStream.each(export, null, user -> people.accept(user, person(user, ids)));
    }

    private static PersonLine person(JsonNode user, IdTranslator ids) {
        PersonLine line = new PersonLine(user.path("id").asText())
                .email(user.path("email").asText(""), user.path("verified").asBoolean())
                .text("username", user.path("username").asText(""))
                .text("firstName", user.path("firstName").asText(""))
                .text("lastName", user.path("lastName").asText(""))
                .wholeName(user.path("fullName").asText(""))
                .text("phone", user.path("mobilePhone").asText(""))
                .disabled(Exclusion.unless(user.path("active")))
                .disabled(Exclusion.since(user.path("expiry")))
                .moment("createdAt", Moments.read(user.path("insertInstant")))
                .moment("lastLoginAt", Moments.read(user.path("lastLoginInstant")));
        for (JsonNode link : user.path("identityProviderLinks")) {
            String type = link.path("identityProviderType").asText();
            boolean ofMany = type.equals("OpenIDConnect") || type.equals("SAMLv2");
            String provider = ofMany ? link.path("identityProviderId").asText() : type;
            line.account(
                    provider,
                    ids.translate(provider, link.path("identityProviderUserId").asText(""), MissingNode.getInstance()),
                    link.path("displayName").asText(""));
        }
        return line.password("fusionauth", hash(user));
    }

    private static String hash(JsonNode user) {
        String scheme = user.path("encryptionScheme").asText("");
        String hash = user.path("password").asText("");
        return scheme.equals("bcrypt") || hash.isEmpty()
                ? hash
                : String.join(
                        "$",
                        scheme,
                        user.path("factor").asText(),
                        user.path("salt").asText(),
                        hash);
    }
}
