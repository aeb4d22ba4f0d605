package dev.socialexchange.keycloak.descriptor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Rewrites URLs for self-hosted installations and tests: the longest configured prefix of whole path segments is replaced.
 * An issuer is a name, not a URL to call, and changes by an exact entry only.
 */
public record Endpoints(Map<String, String> prefixes) {
    public static final Endpoints AS_THEY_ARE = new Endpoints(Map.of());

    public String rewrite(String url) {
        if (url == null) {
            return null;
        }
        return prefixes.entrySet().stream()
                .filter(entry -> covers(entry.getKey(), url))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(entry -> entry.getValue() + url.substring(entry.getKey().length()))
                .orElse(url);
    }

    /** First {@code own}, which a type's own settings say, and then these. */
    public Endpoints after(Map<String, String> own) {
        Map<String, String> all = new HashMap<>();
        own.forEach((from, to) -> all.put(from, rewrite(to)));
        all.putAll(prefixes);
        return new Endpoints(all);
    }

    public Endpoints withIssuer(String issuer, String replacement) {
        Map<String, String> all = new HashMap<>(prefixes);
        all.put(issuer, replacement);
        return new Endpoints(all);
    }

    public String issuer(String issuer) {
        return prefixes.getOrDefault(issuer, issuer);
    }

    /** With another address for all that stands below {@code from}, itself subject to these prefixes; longer ones win. */
    public Endpoints withBase(String from, String to) {
        Map<String, String> all = new HashMap<>(prefixes);
        all.putIfAbsent(from, rewrite(to));
        return new Endpoints(all);
    }

    private static boolean covers(String prefix, String url) {
        return url.startsWith(prefix)
                && (url.length() == prefix.length() || "/?#".indexOf(url.charAt(prefix.length())) >= 0);
    }

    /** As prefixes are compared. */
    public static String withoutSlash(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }
}
