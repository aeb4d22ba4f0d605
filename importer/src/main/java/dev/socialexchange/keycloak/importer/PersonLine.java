package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** A line of the neutral form, put together piece by piece; what a source does not know is left out. */
final class PersonLine {
    private final ObjectNode line = JsonNodeFactory.instance.objectNode();
    private boolean banEnds;
    private boolean unread;

    PersonLine(String sourceId) {
        line.put("sourceId", sourceId);
    }

    PersonLine text(String name, String value) {
        if (value != null && !value.isBlank()) {
            line.put(name, value.strip());
        }
        return this;
    }

    /** Only {@code true} is told. */
    PersonLine flag(String name, boolean value) {
        if (value) {
            line.put(name, true);
        }
        return this;
    }

    /** Whom the source keeps out is brought disabled. {@link Losses} tells of those whose ban ends, since no clock enables them here, and of those of whom nobody can tell. */
    PersonLine disabled(Exclusion exclusion) {
        banEnds |= exclusion.ends();
        unread |= exclusion.unread();
        return flag("disabled", exclusion.isOut());
    }

    boolean banEnds() {
        return banEnds;
    }

    /** Whether they are disabled since nobody understands what the source says. */
    boolean isUnread() {
        return unread;
    }

    /** @param verified by the source's own word; the server decides whether that counts */
    PersonLine email(String address, boolean verified) {
        if (address != null && !address.isBlank()) {
            line.put("email", address.strip());
            line.put("emailVerified", verified);
        }
        return this;
    }

    PersonLine moment(String name, Instant moment) {
        if (moment != null) {
            line.put(name, moment.toString());
        }
        return this;
    }

    /** One name for both: the last word is the last name, as far as there are two. */
    PersonLine wholeName(String name) {
        if (name == null || name.isBlank() || line.has("firstName") || line.has("lastName")) {
            return this;
        }
        String stripped = name.strip();
        int space = stripped.lastIndexOf(' ');
        return space < 0
                ? text("firstName", stripped)
                : text("firstName", stripped.substring(0, space)).text("lastName", stripped.substring(space + 1));
    }

    /** @param userName for people to read; may be {@code null} */
    PersonLine account(String provider, IdTranslation id, String userName) {
        if (id instanceof IdTranslation.Known known) {
            ObjectNode identity = line.withArray("identities").addObject();
            identity.put("alias", known.alias()).put("userId", known.userId());
            if (userName != null && !userName.isBlank()) {
                identity.put("userName", userName.strip());
            }
        } else if (id instanceof IdTranslation.Lost lost) {
            line.withArray("lost")
                    .addObject()
                    .put("provider", provider)
                    .put("alias", lost.alias())
                    .put("reason", lost.reason());
        }
        return this;
    }

    PersonLine attribute(String name, List<String> values) {
        ArrayNode list = line.withObject("/attributes").putArray(name);
        values.forEach(list::add);
        return this;
    }

    /** @param hash as the source has stored it, with its own marks of how it was made */
    PersonLine password(String format, String hash) {
        if (hash != null && !hash.isBlank()) {
            line.putObject("password").put("format", format).put("value", hash);
        }
        return this;
    }

    JsonNode json() {
        return line;
    }
}
