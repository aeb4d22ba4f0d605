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
    /** Of bcrypt. */
    private static final String FACTOR = "\\d{1,2}";

    /** In the base64 of bcrypt's own. */
    private static final String SALT = "[./A-Za-z0-9]{22}";

    /** In the base64 of bcrypt's own. */
    private static final String HASH = "[./A-Za-z0-9]{31}";

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

    /** Its import takes bcrypt's apart, into factor, salt and hash; what does not fit together is no hash, and the server says so. */
    private static String hash(JsonNode user) {
        String scheme = user.path("encryptionScheme").asText("");
        String factor = user.path("factor").asText("");
        String salt = user.path("salt").asText("");
        String hash = user.path("password").asText("");
        if (hash.isEmpty() || hash.startsWith("$2")) {
            return hash;
        }
        return scheme.equals("bcrypt") && factor.matches(FACTOR) && salt.matches(SALT) && hash.matches(HASH)
                ? "$2a$%02d$".formatted(Integer.parseInt(factor)) + salt + hash
                : String.join("$", scheme, factor, salt, hash);
    }
}
