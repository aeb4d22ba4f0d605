package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;

/** The exchange settings of one identity provider, typed, with their defaults. An absent key is its default. */
public final class ExchangeSettings {
    public static final String CLIENTS = "exchangeClients";
    public static final String AUDIENCE = "exchangeAudience";
    public static final String TOKEN_TYPES = "exchangeTokenTypes";
    public static final String UNBOUND = "exchangeUnbound";
    public static final String NONCE = "exchangeNonce";
    public static final String SINGLE_USE = "exchangeSingleUse";
    public static final String MAX_AGE = "exchangeMaxAge";
    public static final String EMAIL_TRUST = "exchangeEmailTrust";
    public static final String LINK_MAX_AUTH_AGE = "exchangeLinkMaxAuthAge";
    public static final String FORM_CLIENTS = "exchangeFormClients";
    public static final String TIMEOUT = "exchangeTimeout";
    public static final String ENDPOINTS = "exchangeEndpoints";

    static final String NONCE_OPTIONAL = "optional";
    static final String NONCE_REQUIRED = "required";
    static final String NONCE_ISSUED = "issued";
    static final String EMAIL_TRUST_DEFAULT = "default";
    static final int DEFAULT_MAX_AGE_SECONDS = 3600;
    static final int DEFAULT_LINK_MAX_AUTH_AGE_SECONDS = 300;
    static final int DEFAULT_TIMEOUT_MILLIS = 5000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> config;

    public ExchangeSettings(Map<String, String> config) {
        this.config = config;
    }

    /** Clients that may exchange this provider's tokens; empty means closed. */
    public Set<String> clients() {
        return list(CLIENTS);
    }

    /** Further client ids of our app at the provider. */
    public Set<String> audience() {
        return list(AUDIENCE);
    }

    /** Accepted kinds; empty means all that can be proven. */
    public Set<TokenKind> tokenTypes() {
        return list(TOKEN_TYPES).stream()
                .map(TokenKind::byId)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    public boolean unbound() {
        return Boolean.parseBoolean(config.get(UNBOUND));
    }

    public boolean nonceRequired() {
        return NONCE_REQUIRED.equals(config.get(NONCE)) || nonceIssued();
    }

    /** Whether the nonce must be one of our own. */
    public boolean nonceIssued() {
        return NONCE_ISSUED.equals(config.get(NONCE));
    }

    /** {@code optional}, {@code required} or {@code issued}. */
    public String nonce() {
        return nonceIssued() ? NONCE_ISSUED : nonceRequired() ? NONCE_REQUIRED : NONCE_OPTIONAL;
    }

    /** True unless switched off. */
    public boolean singleUse() {
        return !"false".equalsIgnoreCase(config.get(SINGLE_USE));
    }

    /** The oldest accepted id token, counted from its {@code iat}. */
    public Duration maxAge() {
        return Duration.ofSeconds(number(MAX_AGE, DEFAULT_MAX_AGE_SECONDS));
    }

    public Optional<EmailTrust> emailTrust() {
        return Optional.ofNullable(config.get(EMAIL_TRUST)).flatMap(EmailTrust::byId);
    }

    /** How long ago somebody may have signed in to link an account; zero: however long. */
    public Duration linkMaxAuthAge() {
        return Duration.ofSeconds(number(LINK_MAX_AUTH_AGE, DEFAULT_LINK_MAX_AUTH_AGE_SECONDS));
    }

    /** Clients whose links only open when a page of theirs has posted a form there; the others' open for whoever has them. */
    public Set<String> formClients() {
        return list(FORM_CLIENTS);
    }

    /** For a whole proof, however many calls it takes. */
    public Duration timeout() {
        return Duration.ofMillis(number(TIMEOUT, DEFAULT_TIMEOUT_MILLIS));
    }

    public Endpoints endpoints() {
        String json = config.get(ENDPOINTS);
        if (json == null || json.isBlank()) {
            return Endpoints.AS_THEY_ARE;
        }
        try {
            return new Endpoints(JSON.readValue(json, new TypeReference<List<Map<String, String>>>() {}).stream()
                    .collect(Collectors.toMap(
                            entry -> withoutSlash(entry.get("key")), entry -> withoutSlash(entry.get("value")))));
        } catch (JsonProcessingException | NullPointerException | IllegalStateException invalid) {
            throw new IllegalArgumentException(ENDPOINTS + " is not a list of URL prefixes", invalid);
        }
    }

    static String withoutSlash(String prefix) {
        return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    Set<String> list(String key) {
        String joined = config.get(key);
        if (joined == null || joined.isBlank()) {
            return Set.of();
        }
        return Stream.of(Constants.CFG_DELIMITER_PATTERN.split(joined))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private int number(String key, int defaultValue) {
        String value = config.get(key);
        return value == null || value.isBlank() ? defaultValue : Integer.parseInt(value.strip());
    }
}
