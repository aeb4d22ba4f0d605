package dev.socialexchange.keycloak.loopback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The identity providers of {@code realm-export.json}, as Keycloak imports them, and the simulated provider behind each. */
public final class DemoProviders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+):([^}]*)}");
    private static final JsonNode ALL = read();

    private DemoProviders() {}

    public static ExchangeIdentityProvider like(String alias) {
        return like(alias, Map.of());
    }

    /** A copy with changed settings, under an alias of its own. */
    public static ExchangeIdentityProvider like(String alias, Map<String, String> settings) {
        return without(alias, List.of(), settings);
    }

    /** A copy that lacks some settings and has others. */
    public static ExchangeIdentityProvider without(String alias, List<String> removed, Map<String, String> settings) {
        JsonNode described = StreamSupport.stream(ALL.spliterator(), false)
                .filter(one -> one.path("alias").asText().equals(alias))
                .findFirst()
                .orElseThrow();
        Map<String, String> config = new HashMap<>();
        described.path("config").properties().forEach(setting -> config.put(setting.getKey(), filled(setting)));
        removed.forEach(config::remove);
        config.putAll(settings);
        return RealTypes.create(
                Loopback.unique(alias),
                described.path("providerId").asText(),
                described.path("trustEmail").asBoolean(),
                config);
    }

    private static String filled(Map.Entry<String, JsonNode> setting) {
        return PLACEHOLDER
                .matcher(setting.getValue().asText())
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals("SIMULATOR_URL")
                                ? Loopback.providers().url()
                                : found.group(2)));
    }

    public static Provider simulated(String alias) {
        return switch (alias) {
            case "github" -> Loopback.providers().github();
            case "legacy", "custom" -> Loopback.providers().legacy();
            default -> openId(alias);
        };
    }

    public static OpenIdProvider openId(String alias) {
        return switch (alias) {
            case "google" -> Loopback.providers().google();
            case "facebook" -> Loopback.providers().facebook();
            case "acme" -> Loopback.providers().acme();
            case "partner" -> Loopback.providers().partner();
            default -> throw new IllegalArgumentException(alias + " signs no id tokens");
        };
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper()
                    .readTree(Path.of("realm-export.json").toFile())
                    .path("identityProviders");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
