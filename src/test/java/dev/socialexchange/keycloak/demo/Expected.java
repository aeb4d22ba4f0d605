package dev.socialexchange.keycloak.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an answer must look like. A null value stands for a field that is there, whatever its value. */
record Expected(int status, Map<String, Object> fields) {

    static Expected tokens() {
        return new Expected(200, Map.of()).present("access_token").present("refresh_token");
    }

    static Expected refusal(int status, String error, String reason) {
        return new Expected(status, Map.of())
                .with("error", error)
                .with("error_reason", reason)
                .present("error_description");
    }

    Expected with(String field, Object value) {
        Map<String, Object> extended = new LinkedHashMap<>(fields);
        extended.put(field, value);
        return new Expected(status, extended);
    }

    Expected present(String field) {
        return with(field, null);
    }

    List<String> differences(Answer answer) {
        List<String> differences = new ArrayList<>();
        if (answer.status() != status) {
            differences.add("status is %d instead of %d".formatted(answer.status(), status));
        }
        fields.forEach((field, value) -> {
            JsonNode actual = answer.json().path(field);
            if (actual.isMissingNode() || value != null && !actual.asText().equals(value.toString())) {
                differences.add("%s is %s instead of %s"
                        .formatted(
                                field, actual.isMissingNode() ? "missing" : actual, value == null ? "there" : value));
            }
        });
        return differences;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("status ").append(status);
        fields.forEach((field, value) -> text.append(", ").append(field).append(value == null ? "" : "=" + value));
        return text.toString();
    }
}
