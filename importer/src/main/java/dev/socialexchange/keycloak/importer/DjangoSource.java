package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * People of a Django project with python-social-auth or django-allauth: the lines of the SQL script in the guide, or a fixture ({@code manage.py
 * dumpdata}), whose rows are put together in memory.
 */
final class DjangoSource implements Source {
    private static final String SOCIAL_AUTH = "social_django.usersocialauth";
    private static final String SOCIAL_ACCOUNT = "socialaccount.socialaccount";
    private static final String EMAIL_ADDRESS = "account.emailaddress";

    private final String name;

    /** @param name of the package that has the accounts */
    DjangoSource(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException {
        IdTranslator ids = IdTranslator.of(name, aliases);
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        JsonStream.each(export, null, object -> {
            if (object.has("model")) {
                gather(object, rows);
            } else {
                people.accept(object, person(object, ids));
            }
        });
        rows.values().stream().filter(row -> row.has("sourceId")).forEach(row -> people.accept(row, person(row, ids)));
    }

    /** A row of a fixture becomes a part of the line that the SQL script would have written. */
    private static void gather(JsonNode row, Map<String, ObjectNode> people) {
        JsonNode fields = row.path("fields");
        String model = row.path("model").asText();
        if (fields.has("password") && fields.has("username") || model.equals("auth.user")) {
            ObjectNode person = of(row.path("pk"), people);
            if (fields.has("is_active")) {
                person.set("active", fields.path("is_active"));
            }
            person.put("sourceId", row.path("pk").asText())
                    .put("username", fields.path("username").asText(""))
                    .put("email", fields.path("email").asText(""))
                    .put("firstName", fields.path("first_name").asText(""))
                    .put("lastName", fields.path("last_name").asText(""))
                    .put("privileged", Flag.isSet(fields.path("is_staff")) || Flag.isSet(fields.path("is_superuser")))
                    .put("createdAt", fields.path("date_joined").asText(""))
                    .put("lastLogin", fields.path("last_login").asText(""))
                    .put("password", fields.path("password").asText(""));
        } else if (model.equals(SOCIAL_AUTH) || model.equals(SOCIAL_ACCOUNT)) {
            ObjectNode identity =
                    of(fields.path("user"), people).withArray("identities").addObject();
            identity.set("provider", fields.path("provider"));
            identity.set("uid", fields.path("uid"));
            identity.set("extra", fields.path("extra_data"));
        } else if (model.equals(EMAIL_ADDRESS)) {
            ObjectNode address =
                    of(fields.path("user"), people).withArray("emails").addObject();
            address.set("email", fields.path("email"));
            address.put("verified", fields.path("verified").asBoolean());
            address.put("primary", fields.path("primary").asBoolean());
        }
    }

    private static ObjectNode of(JsonNode key, Map<String, ObjectNode> people) {
        return people.computeIfAbsent(key.asText(), ignored -> JsonNodeFactory.instance.objectNode());
    }

    private static PersonLine person(JsonNode row, IdTranslator ids) {
        PersonLine line = new PersonLine(row.path("sourceId").asText());
        line.text("username", row.path("username").asText(""))
                .text("firstName", row.path("firstName").asText(""))
                .text("lastName", row.path("lastName").asText(""))
                .disabled(Exclusion.by(row.path("disabled")))
                .disabled(Exclusion.unless(row.path("active")))
                .flag("privileged", Flag.isSet(row.path("privileged")))
                .moment("createdAt", Moments.read(row.path("createdAt")))
                .moment("lastLoginAt", Moments.read(row.path("lastLogin")));
        email(row, line);
        for (JsonNode identity : row.path("identities")) {
            JsonNode kept = Json.inside(identity.path("extra"));
            String provider = identity.path("provider").asText();
            line.account(provider, ids.translate(provider, text(identity.path("uid")), kept), userName(kept));
        }
        String password = row.path("password").asText("");
        return password.startsWith("!") ? line : line.password("django", password);
    }

    /** Django itself knows of no verified address; allauth does, in a table of its own. */
    private static void email(JsonNode row, PersonLine line) {
        String known = row.path("email").asText("");
        ArrayNode addresses =
                row.path("emails").isArray() ? (ArrayNode) row.path("emails") : JsonNodeFactory.instance.arrayNode();
        JsonNode best = null;
        for (JsonNode address : addresses) {
            if (best == null || rank(address) > rank(best)) {
                best = address;
            }
        }
        if (best == null) {
            line.email(known, false);
        } else {
            line.email(best.path("email").asText(""), best.path("verified").asBoolean());
        }
    }

    private static int rank(JsonNode address) {
        return (address.path("primary").asBoolean() ? 2 : 0)
                + (address.path("verified").asBoolean() ? 1 : 0);
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : value.asText();
    }

    private static String userName(JsonNode kept) {
        return kept.path("email").asText(kept.path("login").asText(""));
    }
}
