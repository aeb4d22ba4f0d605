package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.net.Call;
import java.net.URI;
import java.util.Locale;

/**
 * An address that this server calls for a provider.
 *
 * @param uri with what is filled in at each call still in braces, encoded
 */
record Destination(URI uri, Use use) {

    /** What for. */
    enum Use {
        TOKENS,
        REFRESH,
        KEYS,
        VERIFICATION,
        BINDING,
        PROFILE,
        REVOCATION,
        /** Where signals are fetched. */
        SIGNALS,
        /** By checks alone: a login goes without. */
        CHECK;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "http".equals(uri.getScheme()) ? 80 : 443;
    }

    /** For people, with the braces. */
    String path() {
        String path = uri.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** Where nothing happens but that somebody answers. */
    URI root() {
        return URI.create(uri.getScheme() + "://" + authority() + '/');
    }

    String authority() {
        return Call.withoutCredentials(uri.getRawAuthority());
    }
}
