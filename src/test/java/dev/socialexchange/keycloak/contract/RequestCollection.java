package dev.socialexchange.keycloak.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The requests of {@code docs/openapi.yaml} for Bruno: a file for each example of each operation that answers with JSON. What all examples
 * agree on is a variable of the environments, and so is what is secret, which no file may hold.
 */
final class RequestCollection {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String COLLECTION =
            """
            {
              "version": "1",
              "name": "Social Exchange for Keycloak",
              "type": "collection"
            }
            """;

    private final JsonNode document;
    private final Map<Path, String> files = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final Set<String> secrets = new TreeSet<>();
    private final Set<String> varied = new HashSet<>();
    private int sequence;

    private RequestCollection(JsonNode document) {
        this.document = document;
    }

    /** What the files should say, by their place in the collection. */
    static Map<Path, String> of(JsonNode document) {
        RequestCollection collection = new RequestCollection(document);
        collection.collect();
        return collection.files;
    }

    private void collect() {
        Map<String, String> first = new HashMap<>();
        operations().forEach(operation -> operation.body().path("examples").forEach(example -> example.path("value")
                .properties()
                .forEach(member -> {
                    String text = member.getValue().asText();
                    String before = first.putIfAbsent(member.getKey(), text);
                    if (before != null && !before.equals(text)) {
                        varied.add(member.getKey());
                    }
                })));
        operations().forEach(this::requests);
        files.put(Path.of("bruno.json"), COLLECTION);
        for (JsonNode server : document.path("servers")) {
            String url = server.path("url")
                    .asText()
                    .replace("{realm}", server.at("/variables/realm/default").asText());
            String name = url.contains("localhost") ? "demo" : "example";
            files.put(Path.of("environments", name + ".bru"), environment(url));
        }
    }

    /** One that a program calls, and no page for people. */
    private record Operation(String path, String method, JsonNode node) {
        JsonNode body() {
            return node.path("requestBody").path("content").path(FORM);
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> method.getValue().has("operationId"))
                .forEach(method -> operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
        return operations;
    }

    private void requests(Operation operation) {
        String id = operation.node().path("operationId").asText();
        JsonNode examples = operation.body().path("examples");
        if (examples.isMissingNode()) {
            request(
                    Path.of(id + ".bru"),
                    operation,
                    operation.node().path("summary").asText(),
                    Map.of());
        }
        examples.properties().forEach(example -> {
            Map<String, String> form = new TreeMap<>();
            example.getValue()
                    .at("/value")
                    .properties()
                    .forEach(member -> form.put(
                            member.getKey(),
                            value(operation, member.getKey(), member.getValue().asText())));
            Path file = examples.size() == 1 ? Path.of(id + ".bru") : Path.of(id, example.getKey() + ".bru");
            request(file, operation, example.getValue().path("summary").asText(), form);
        });
    }

    private String value(Operation operation, String name, String example) {
        JsonNode schema = follow(
                follow(operation.body().path("schema")).path("properties").path(name));
        if (schema.path("format").asText().equals("password")) {
            secrets.add(name);
            return "{{" + name + "}}";
        }
        return schema.has("enum") || schema.has("const") || varied.contains(name) ? example : variable(name, example);
    }

    private String variable(String name, String example) {
        variables.put(name, example);
        return "{{" + name + "}}";
    }

    private void request(Path file, Operation operation, String name, Map<String, String> form) {
        String address = operation.path();
        List<String> query = new ArrayList<>();
        List<JsonNode> parameters = new ArrayList<>();
        document.path("paths").path(operation.path()).path("parameters").forEach(parameters::add);
        operation.node().path("parameters").forEach(parameters::add);
        for (JsonNode parameter : parameters) {
            if (parameter.path("required").asBoolean()) {
                String own = parameter.path("name").asText();
                String variable = variable(own, parameter.path("example").asText());
                if (parameter.path("in").asText().equals("query")) {
                    query.add(own + "=" + variable);
                }
                address = address.replace("{" + own + "}", variable);
            }
        }
        boolean bearer = operation.node().at("/security/0").has("accessToken");
        String body = form.isEmpty() ? "none" : "formUrlEncoded";
        List<String> blocks = new ArrayList<>();
        blocks.add(block("meta", List.of("name: " + name, "type: http", "seq: " + ++sequence)));
        blocks.add(block(
                operation.method(),
                List.of(
                        "url: {{realm}}" + address + (query.isEmpty() ? "" : "?" + String.join("&", query)),
                        "body: " + body,
                        "auth: " + (bearer ? "bearer" : "none"))));
        if (!query.isEmpty()) {
            blocks.add(block(
                    "params:query",
                    query.stream().map(pair -> pair.replaceFirst("=", ": ")).toList()));
        }
        if (bearer) {
            secrets.add("realm_access_token");
            blocks.add(block("auth:bearer", List.of("token: {{realm_access_token}}")));
        }
        if (!form.isEmpty()) {
            blocks.add(block(
                    "body:form-urlencoded",
                    form.entrySet().stream()
                            .map(pair -> pair.getKey() + ": " + pair.getValue())
                            .toList()));
        }
        blocks.add(block("docs", List.of(operation.node().path("summary").asText())));
        files.put(file, String.join("\n", blocks));
    }

    private String environment(String url) {
        List<String> lines = new ArrayList<>(List.of("realm: " + url));
        variables.forEach((name, value) -> lines.add(name + ": " + value));
        return block("vars", lines)
                + secrets.stream()
                        .map(name -> "  " + name)
                        .collect(Collectors.joining(",\n", "vars:secret [\n", "\n]\n"));
    }

    private static String block(String name, List<String> lines) {
        return lines.stream().map(line -> "  " + line + '\n').collect(Collectors.joining("", name + " {\n", "}\n"));
    }

    private JsonNode follow(JsonNode node) {
        return node.path("$ref") instanceof TextNode reference
                ? document.at(reference.asText().substring(1))
                : node;
    }
}
