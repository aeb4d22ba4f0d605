package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;

/** A JWS in compact form with JSON claims. Nothing in it is believed before {@link ProviderKeys} has verified it. */
record SignedToken(JWSInput jws, JsonNode claims) {

    static Optional<SignedToken> parse(String token) {
        if (!hasReadableHeader(token)) {
            return Optional.empty();
        }
        try {
            JWSInput jws = new JWSInput(token);
            if (jws.getHeader() == null || jws.getHeader().getAlgorithm() == null) {
                return Optional.empty(); // Keycloak reads such a header without complaint
            }
            return StrictJson.read(jws.getContent())
                    .filter(JsonNode::isObject)
                    .map(claims -> new SignedToken(jws, claims));
        } catch (JWSInputException | IllegalArgumentException notCompactJws) {
            return Optional.empty();
        }
    }

    /** Keycloak (26.7) reads the header with a mapper of its own, which takes the last of two values and has no limits. */
    private static boolean hasReadableHeader(String token) {
        int end = token.indexOf('.');
        try {
            return end > 0
                    && StrictJson.read(Base64.getUrlDecoder().decode(token.substring(0, end)))
                            .filter(JsonNode::isObject)
                            .isPresent();
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    String algorithm() {
        return String.valueOf(jws.getHeader().getRawAlgorithm());
    }

    String signingInput() {
        return jws.getEncodedSignatureInput();
    }

    /** A claim's text, {@code null} if it is absent or not a text. */
    String text(String claim) {
        return claims.path(claim).textValue();
    }

    /** {@code sub}: a text, and with some a whole number; empty if it is neither, or blank. */
    Optional<String> subject() {
        JsonNode subject = claims.path("sub");
        return subject.isTextual() || subject.isIntegralNumber()
                ? Optional.of(subject.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /** {@code aud} as a list, whichever way it is spelled. */
    List<String> audience() {
        return audience(claims);
    }

    static List<String> audience(JsonNode claims) {
        JsonNode audience = claims.path("aud");
        Stream<JsonNode> values =
                audience.isArray() ? StreamSupport.stream(audience.spliterator(), false) : Stream.of(audience);
        return values.map(JsonNode::asText).filter(value -> !value.isEmpty()).toList();
    }

    /** Seconds since the epoch. */
    Optional<Long> time(String claim) {
        JsonNode value = claims.path(claim);
        return value.isNumber() && value.canConvertToLong() ? Optional.of(value.asLong()) : Optional.empty();
    }

    /** A time as people read it: how far from now it is. */
    String seconds(String claim, long now) {
        return time(claim)
                .map(at -> at >= now ? "in " + (at - now) + " s" : (now - at) + " s ago")
                .orElse(null);
    }

    /** {@code exp} and {@code nbf}. */
    void requireValid(long now, int skew) {
        long expires = time("exp").orElseThrow(() -> invalid("exp_missing"));
        if (expires + skew <= now) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_EXPIRED);
        }
        if (time("nbf").filter(notBefore -> notBefore > now + skew).isPresent()) {
            throw invalid("nbf_in_future");
        }
    }

    /** @return {@code iat}, in seconds since the epoch */
    long requireIssued(long now, int skew) {
        long issued = time("iat").orElseThrow(() -> invalid("iat_missing"));
        if (issued > now + skew) {
            throw invalid("iat_in_future");
        }
        return issued;
    }

    static ExchangeException invalid(String detail) {
        return ExchangeException.because(ExchangeError.TOKEN_INVALID, detail);
    }

    /** A record would print the token. */
    @Override
    public String toString() {
        return algorithm();
    }
}
