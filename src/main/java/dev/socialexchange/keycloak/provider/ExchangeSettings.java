package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.descriptor.ClaimCondition;
import dev.socialexchange.keycloak.descriptor.ClaimRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.SubjectPattern;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** The exchange settings of one identity provider, typed, with their defaults. An absent key is its default. */
public final class ExchangeSettings {
    public static final String CLIENTS = "exchangeClients";
    public static final String AUDIENCE = "exchangeAudience";
    public static final String TOKEN_AUDIENCE = "exchangeTokenAudience";
    public static final String TOKEN_TYPES = "exchangeTokenTypes";
    public static final String UNBOUND = "exchangeUnbound";
    public static final String SUBJECT_PATTERN = "exchangeSubjectPattern";
    public static final String REQUIRED_CLAIMS = "exchangeRequiredClaims";
    public static final String FORBIDDEN_CLAIMS = "exchangeForbiddenClaims";
    public static final String NONCE = "exchangeNonce";
    public static final String SINGLE_USE = "exchangeSingleUse";
    public static final String MAX_AGE = "exchangeMaxAge";
    public static final String EMAIL_TRUST = "exchangeEmailTrust";
    public static final String LINK_MAX_AUTH_AGE = "exchangeLinkMaxAuthAge";
    public static final String FORM_CLIENTS = "exchangeFormClients";
    public static final String TIMEOUT = "exchangeTimeout";
    public static final String THROTTLE = "exchangeThrottle";
    public static final String CALL_BUDGET = "exchangeCallBudget";
    public static final String ENDPOINTS = "exchangeEndpoints";
    public static final String REVOKE_AT_DELETION = "revokeAtDeletion";
    public static final String REVOCATION_URL = "revocationUrl";

    static final String NONCE_OPTIONAL = "optional";
    static final String NONCE_IF_SENT = "if-sent";
    static final String NONCE_REQUIRED = "required";
    static final String NONCE_ISSUED = "issued";
    static final List<String> NONCES = List.of(NONCE_OPTIONAL, NONCE_IF_SENT, NONCE_REQUIRED, NONCE_ISSUED);
    static final String EMAIL_TRUST_DEFAULT = "default";
    static final int DEFAULT_MAX_AGE_SECONDS = 3600;
    static final int DEFAULT_LINK_MAX_AUTH_AGE_SECONDS = 300;
    static final int DEFAULT_TIMEOUT_MILLIS = 5000;

    private final SettingValues values;

    public ExchangeSettings(Map<String, String> config) {
        this.values = new SettingValues(config);
    }

    /** Clients that may exchange this provider's tokens; empty means closed. */
    public Set<String> clients() {
        return values.list(CLIENTS);
    }

    /** Further client ids of our app at the provider. */
    public Set<String> audience() {
        return values.list(AUDIENCE);
    }

    /** Audiences of access tokens that count as logins, whatever the issuer's user info says of them. */
    public Set<String> tokenAudience() {
        return values.list(TOKEN_AUDIENCE);
    }

    /** Accepted kinds; empty means all that can be proven. */
    public Set<TokenKind> tokenTypes() {
        return values.list(TOKEN_TYPES).stream()
                .map(TokenKind::byId)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    public boolean unbound() {
        return Boolean.parseBoolean(values.text(UNBOUND));
    }

    /** Whether an access token may have been issued to any app: nothing proves another one, and the admin accepts that. */
    boolean takesTokensOfAnyApp(Descriptor descriptor) {
        return unbound()
                && descriptor.accessToken().filter(rules -> !rules.bindable()).isPresent();
    }

    /**
     * Which of this provider's tokens are logins of people; nothing is asked of them unless something is entered.
     *
     * @throws IllegalArgumentException naming the setting that cannot be read
     */
    public ClaimRules claims() {
        return new ClaimRules(
                values.read(SUBJECT_PATTERN, SubjectPattern::of),
                values.readEach(REQUIRED_CLAIMS, ClaimCondition::of),
                values.readEach(FORBIDDEN_CLAIMS, ClaimCondition::of));
    }

    public boolean nonceRequired() {
        return NONCE_REQUIRED.equals(values.text(NONCE)) || nonceIssued();
    }

    /** Whether the nonce must be one of our own. */
    public boolean nonceIssued() {
        return NONCE_ISSUED.equals(values.text(NONCE));
    }

    /** Whether a token's nonce is compared only when the request has one. */
    public boolean nonceIfSent() {
        return NONCE_IF_SENT.equals(values.text(NONCE));
    }

    /** {@code optional}, {@code if-sent}, {@code required} or {@code issued}; what is none of them is the first. */
    public String nonce() {
        String configured = values.text(NONCE);
        return configured != null && NONCES.contains(configured) ? configured : NONCE_OPTIONAL;
    }

    /** True unless switched off. */
    public boolean singleUse() {
        return !"false".equalsIgnoreCase(values.text(SINGLE_USE));
    }

    /** The oldest accepted id token, counted from its {@code iat}. */
    public Duration maxAge() {
        return Duration.ofSeconds(values.number(MAX_AGE, DEFAULT_MAX_AGE_SECONDS));
    }

    public Optional<EmailTrust> emailTrust() {
        return Optional.ofNullable(values.text(EMAIL_TRUST)).flatMap(EmailTrust::byId);
    }

    /** How long ago somebody may have signed in to link an account; zero: however long. */
    public Duration linkMaxAuthAge() {
        return Duration.ofSeconds(values.number(LINK_MAX_AUTH_AGE, DEFAULT_LINK_MAX_AUTH_AGE_SECONDS));
    }

    /** Clients whose links only open when a page of theirs has posted a form there; the others' open for whoever has them. */
    public Set<String> formClients() {
        return values.list(FORM_CLIENTS);
    }

    /** For a whole proof, however many calls it takes. */
    public Duration timeout() {
        return Duration.ofMillis(values.number(TIMEOUT, DEFAULT_TIMEOUT_MILLIS));
    }

    /** Failed exchanges per minute, of one client and address, that are told their reason; 0: all; empty: as the server has it. */
    public OptionalInt throttle() {
        return values.number(THROTTLE);
    }

    /** Calls per minute, of one client, that may be in vain; 0: however many; empty: as the server has it. */
    public OptionalInt callBudget() {
        return values.number(CALL_BUDGET);
    }

    /** What is done about what the provider says by itself. */
    public SignalSettings signals() {
        return new SignalSettings(values);
    }

    /** Whether stored tokens are taken back at the provider when the account, or its link, is deleted. */
    public boolean revokesAtDeletion() {
        return Boolean.parseBoolean(values.text(REVOKE_AT_DELETION));
    }

    /** Where they are (RFC 7009), of a provider whose endpoints somebody has entered. */
    public Optional<String> revocationUrl() {
        return values.set(REVOCATION_URL);
    }

    public Endpoints endpoints() {
        return values.prefixes(ENDPOINTS).map(Endpoints::new).orElse(Endpoints.AS_THEY_ARE);
    }
}
