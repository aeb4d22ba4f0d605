package dev.socialexchange.keycloak.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.provider.DatabaseText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The text of a line of an import, read member by member: what does not mean what it seems to is refused, and nothing is guessed. */
final class PersonLine {
    /** A misspelt member would be lost silently. */
    private static final Set<String> MEMBERS = Set.of(
            "sourceId",
            "username",
            "email",
            "emailVerified",
            "firstName",
            "lastName",
            "locale",
            "phone",
            "disabled",
            "privileged",
            "anonymous",
            "unconfirmed",
            "createdAt",
            "lastLoginAt",
            "identities",
            "lost",
            "password",
            "attributes");

    private static final int MAX_ATTRIBUTES = 50;

    private static final List<String> NOBODY = List.of("anonymous", "unconfirmed");

    private final JsonNode person;
    private final String sourceId;

    private PersonLine(JsonNode person, String sourceId) {
        this.person = person;
        this.sourceId = sourceId;
    }

    /** @throws UnreadableLine if it is none, names nobody or has members that nobody knows */
    static PersonLine parse(String line) throws UnreadableLine {
        JsonNode person = StrictJson.read(line)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new UnreadableLine("line_unreadable", null));
        String sourceId = text(person, "sourceId").filter(DatabaseText::isName).orElse(null);
        if (sourceId == null) {
            throw new UnreadableLine("source_id_missing", null);
        }
        List<String> members = new ArrayList<>();
        person.fieldNames().forEachRemaining(members::add);
        if (!MEMBERS.containsAll(members)) {
            throw new UnreadableLine("member_unknown", sourceId);
        }
        return new PersonLine(person, sourceId);
    }

    ImportedPerson person() throws UnreadableLine {
        return new ImportedPerson(
                sourceId,
                text(person, "username"),
                text(person, "email"),
                flag("emailVerified"),
                text(person, "firstName"),
                text(person, "lastName"),
                text(person, "locale"),
                flag("disabled"),
                flag("privileged"),
                moment(),
                accounts(),
                person.path("lost").size(),
                text(person.path("password"), "value"),
                nobody(),
                attributes());
    }

    /** Each a text or a list of texts. */
    private Map<String, List<String>> attributes() throws UnreadableLine {
        JsonNode attributes = person.path("attributes");
        Map<String, List<String>> read = new TreeMap<>();
        if (!attributes.isMissingNode() && !attributes.isObject() || attributes.size() > MAX_ATTRIBUTES) {
            throw new UnreadableLine("attribute_unreadable", sourceId);
        }
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            JsonNode value = attribute.getValue();
            List<String> texts = new ArrayList<>();
            for (JsonNode text : value.isArray() ? value : List.of(value)) {
                if (!text.isTextual()) {
                    throw new UnreadableLine("attribute_unreadable", sourceId);
                }
                texts.add(text.asText());
            }
            read.put(attribute.getKey(), texts);
        }
        return read;
    }

    private Optional<String> nobody() throws UnreadableLine {
        for (String why : NOBODY) {
            if (flag(why)) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    /** A word for true is no flag: somebody who is disabled would be enabled by it. */
    private boolean flag(String name) throws UnreadableLine {
        JsonNode value = person.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new UnreadableLine("flag_unreadable", sourceId);
        }
        return value.asBoolean();
    }

    private List<ImportedAccount> accounts() throws UnreadableLine {
        List<ImportedAccount> accounts = new ArrayList<>();
        JsonNode identities = person.path("identities");
        if (!identities.isMissingNode() && !identities.isArray()) {
            throw new UnreadableLine("identity_unreadable", sourceId);
        }
        for (JsonNode account : identities) {
            String alias = text(account, "alias").orElse(null);
            String userId = text(account, "userId").orElse(null);
            if (alias == null || userId == null) {
                throw new UnreadableLine("identity_unreadable", sourceId);
            }
            accounts.add(new ImportedAccount(
                    alias,
                    userId,
                    text(account, "userName").filter(DatabaseText::isName).orElse(null)));
        }
        return accounts;
    }

    private Optional<Instant> moment() throws UnreadableLine {
        Optional<String> text = text(person, "createdAt");
        try {
            Optional<Instant> moment = text.map(Instant::parse);
            moment.ifPresent(Instant::toEpochMilli); // as Keycloak keeps it
            return moment;
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new UnreadableLine("date_unreadable", sourceId);
        }
    }

    private static Optional<String> text(JsonNode object, String name) {
        return Optional.of(object.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }
}
