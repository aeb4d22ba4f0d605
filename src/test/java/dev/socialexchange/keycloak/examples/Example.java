package dev.socialexchange.keycloak.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one of the set-ups says of identity providers.
 *
 * @param providers the settings by the name of the type, without what comes from outside
 * @param steps ids of the authenticators in its flows
 */
record Example(Map<String, Map<String, String>> providers, Set<String> steps) {
    static final Path FOLDER = Path.of("examples");

    private static final Pattern STEP =
            Pattern.compile("(?:authenticator:|authenticator +=|provider=) *\"?([a-z0-9-]+)");
    private static final Pattern TERRAFORMED = Pattern.compile(
            "resource \"keycloak_oidc_(?:\\w+_)?identity_provider\" \"(\\w+)\" \\{(.*?)^}",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern EXTRA = Pattern.compile("extra_config = \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("^ *(\\w+) *= (.*)$", Pattern.MULTILINE);
    private static final Pattern COMMANDED = Pattern.compile("^provider (\\w+) \\S+ \\S+ (.*)$", Pattern.MULTILINE);
    private static final Pattern ARGUMENT = Pattern.compile("'?(\\w+)=([^ ']+)'?");

    static Example ofConfigCli() {
        return ofRealm(yaml("config-cli/shop.yaml"), "config-cli/shop.yaml");
    }

    static Example ofOperator() {
        return ofRealm(yaml("operator/shop.yaml").path("spec").path("realm"), "operator/shop.yaml");
    }

    static Example ofTerraform() {
        String text = text("terraform/shop.tf");
        Map<String, Map<String, String>> providers = new TreeMap<>();
        TERRAFORMED.matcher(text).results().forEach(resource -> {
            String extra = EXTRA.matcher(resource.group(2))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.joining());
            Map<String, String> settings = new TreeMap<>(Map.of("syncMode", "IMPORT"));
            ENTRY.matcher(extra).results().forEach(entry -> settings.put(entry.group(1), value(entry.group(2), text)));
            providers.put(resource.group(1), settings);
        });
        return new Example(providers, steps(text));
    }

    static Example ofKcadm() {
        String text = text("kcadm/shop.sh");
        Map<String, Map<String, String>> providers = new TreeMap<>();
        COMMANDED.matcher(text).results().forEach(command -> {
            Map<String, String> settings = new TreeMap<>(Map.of("syncMode", "IMPORT"));
            ARGUMENT.matcher(command.group(2))
                    .results()
                    .forEach(argument -> settings.put(argument.group(1), argument.group(2)));
            providers.put(command.group(1), settings);
        });
        return new Example(providers, steps(text));
    }

    private static Example ofRealm(JsonNode realm, String file) {
        Map<String, Map<String, String>> providers = new TreeMap<>();
        for (JsonNode provider : realm.path("identityProviders")) {
            Map<String, String> settings = new TreeMap<>();
            provider.path("config").properties().forEach(entry -> {
                if (!Set.of("clientId", "clientSecret").contains(entry.getKey())) {
                    settings.put(entry.getKey(), entry.getValue().asText());
                }
            });
            providers.put(provider.path("providerId").asText(), settings);
        }
        return new Example(providers, steps(text(file)));
    }

    /** A reference to a client stands for its client id. */
    private static String value(String terraform, String text) {
        if (terraform.startsWith("\"")) {
            return terraform.substring(1, terraform.length() - 1);
        }
        String resource = terraform.split("\\.")[1];
        return Pattern.compile(
                        "resource \"keycloak_openid_client\" \"" + resource + "\" \\{.*?client_id += \"(.*?)\"",
                        Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult client) -> client.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no client " + resource));
    }

    private static Set<String> steps(String text) {
        return STEP.matcher(text).results().map(step -> step.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    static JsonNode yaml(String file) {
        try {
            return new YAMLMapper().readTree(text(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
