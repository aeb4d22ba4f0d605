package dev.socialexchange.keycloak.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A line of an import: one person as the source knows them.
 *
 * @param accounts by which they sign in
 * @param lost how many accounts the source could not tell
 * @param password its hash, as the source has stored it
 * @param left why nobody is made of it, if nobody is
 * @param attributes by name; which of them the realm has is not known here
 */
record ImportedPerson(
        String sourceId,
        Optional<String> username,
        Optional<String> email,
        boolean emailVerified,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> locale,
        boolean disabled,
        boolean privileged,
        Optional<Instant> createdAt,
        List<Account> accounts,
        int lost,
        Optional<String> password,
        Optional<String> left,
        Map<String, List<String>> attributes) {

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

    /** @param userName for people to read; {@code null} if there is none */
    record Account(String alias, String userId, String userName) {

        ExternalAccount external() {
            return new ExternalAccount(alias, userId);
        }

        /** A record would print who it is. */
        @Override
        public String toString() {
            return alias;
        }
    }

    List<ExternalAccount> externalAccounts() {
        return accounts.stream().map(Account::external).toList();
    }

    /** @throws UnreadableLine if it is no such line */
    static ImportedPerson read(String line) throws UnreadableLine {
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
        return new ImportedPerson(
                sourceId,
                text(person, "username"),
                text(person, "email"),
                flag(person, "emailVerified", sourceId),
                text(person, "firstName"),
                text(person, "lastName"),
                text(person, "locale"),
                flag(person, "disabled", sourceId),
                flag(person, "privileged", sourceId),
                moment(person, sourceId),
                accounts(person, sourceId),
                person.path("lost").size(),
                text(person.path("password"), "value"),
                nobody(person, sourceId),
                attributes(person.path("attributes"), sourceId));
    }

    /** Each a text or a list of texts. */
    private static Map<String, List<String>> attributes(JsonNode attributes, String sourceId) throws UnreadableLine {
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

    private static Optional<String> nobody(JsonNode person, String sourceId) throws UnreadableLine {
        for (String why : NOBODY) {
            if (flag(person, why, sourceId)) {
                return Optional.of(why);
            }
        }
        return Optional.empty();
    }

    /** A word for true is no flag: somebody who is disabled would be enabled by it. */
    private static boolean flag(JsonNode person, String name, String sourceId) throws UnreadableLine {
        JsonNode value = person.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new UnreadableLine("flag_unreadable", sourceId);
        }
        return value.asBoolean();
    }

    private static List<Account> accounts(JsonNode person, String sourceId) throws UnreadableLine {
        List<Account> accounts = new ArrayList<>();
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
            accounts.add(new Account(
                    alias,
                    userId,
                    text(account, "userName").filter(DatabaseText::isName).orElse(null)));
        }
        return accounts;
    }

    private static Optional<Instant> moment(JsonNode person, String sourceId) throws UnreadableLine {
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

    /** A record would print who it is. */
    @Override
    public String toString() {
        return sourceId;
    }
}
