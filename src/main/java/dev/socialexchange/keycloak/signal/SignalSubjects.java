package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.SignalPlaces;
import dev.socialexchange.keycloak.provider.DatabaseText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whom a signal is about, by the ids that links have. */
final class SignalSubjects {
    /** One message of Slack's names up to so many. */
    private static final int MOST = 100;

    private final String text;
    private final SignalPlaces places;
    private final Document document;

    /** @param text stands before every id of this provider */
    SignalSubjects(String text, SignalPlaces places, Document document) {
        this.text = text;
        this.places = places;
        this.document = document;
    }

    List<String> read() {
        requireKnownBy();
        Set<List<String>> found = new LinkedHashSet<>();
        places.subject().all().stream()
                .map(document.content()::at)
                .filter(node -> !node.isMissingNode() && !node.isNull())
                .map(SignalSubjects::ids)
                .forEach(found::add);
        if (found.size() != 1) {
            throw SignalRefusal.malformed(found.isEmpty() ? "subject_missing" : "subjects_disagree");
        }
        Optional<String> prefix = places.subjectPrefix().name(document.content());
        if (!places.subjectPrefix().isEmpty() && prefix.isEmpty()) {
            throw SignalRefusal.malformed("subject_incomplete");
        }
        return found.iterator().next().stream()
                .map(id -> prefix.map(before -> before + '_' + id).orElse(text + id))
                .toList();
    }

    /** Another issuer's person may have the same id. */
    private void requireKnownBy() {
        Set<String> issuers = document.issuers();
        List<String> named = places.subjectIssuer().texts(document.content()).toList();
        if (!places.subjectIssuer().isEmpty() && (named.isEmpty() || !issuers.containsAll(named))) {
            throw SignalRefusal.malformed(named.isEmpty() ? "subject_issuer_missing" : "subject_of_another_issuer");
        }
    }

    private static List<String> ids(JsonNode node) {
        List<JsonNode> entries = (node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node))
                .limit(MOST + 1L)
                .toList();
        if (entries.size() > MOST || !entries.stream().allMatch(SignalSubjects::isId)) {
            throw SignalRefusal.malformed("subject_unreadable");
        }
        return entries.stream().map(JsonNode::asText).toList();
    }

    private static boolean isId(JsonNode entry) {
        return (entry.isTextual() || entry.isIntegralNumber()) && DatabaseText.isName(entry.asText());
    }
}
