package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.util.TokenUtil;

/** Verifies an OpenID Connect id token (Core §3.1.3.7) and tells it from the issuer's other JWTs (RFC 8725 §3.11, §3.12). */
final class IdTokenVerifier {
    /** Only in security event and logout tokens of the same issuer and keys, or in access tokens of Entra and Auth0. */
    private static final List<String> FOREIGN_CLAIMS = List.of("events", "azpacr", "appidacr", "gty");
    /** In access tokens; and in id tokens of servers that put all claims everywhere (ADFS). */
    private static final List<String> SCOPES = List.of("scope", "scp");
    /** OpenID Connect Core §3.3.2.11: hashes of what was issued beside it, which is never an access token. */
    private static final List<String> HASHES = List.of("at_hash", "c_hash");

    private final ProofContext context;
    private final IdTokenRules rules;

    IdTokenVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().idToken().orElseThrow();
    }

    /** @return the verified token; its single use is the caller's to claim, after everything else */
    SignedToken verify(String encoded, String nonce) {
        context.look(Look.TOKEN_FORM, () -> "JWS", () -> null);
        SignedToken token = SignedToken.parse(encoded).orElseThrow(() -> SignedToken.invalid("not_a_jws"));
        return verify(token, encoded, inToken -> requireNonce(nonce, inToken), false);
    }

    /**
     * Verifies the id token in a token endpoint's answer to our own client. Its place says what it is, and the answer whom it
     * is for: claims that access tokens have, and further clients in {@code aud}, are no harm there.
     *
     * @param dispensable the access token beside it says who somebody is
     * @return empty if it is dispensable, and signed or encrypted in a form that is not taken here
     */
    Optional<SignedToken> verifyOfOurOwn(String encoded, String nonce, boolean dispensable) {
        return verifyOfOurOwn(
                encoded,
                inToken -> requireNonce(nonce, inToken),
                dispensable && nonce == null && !context.settings().nonceRequired());
    }

    /**
     * The same where an id token was sent along, whose nonce has been compared: if this one has a nonce, too, it is that one.
     *
     * @param sent verified
     */
    Optional<SignedToken> verifyBeside(SignedToken sent, String encoded, boolean dispensable) {
        return verifyOfOurOwn(
                encoded,
                inToken -> {
                    if (inToken != null && !inToken.equals(sent.text("nonce"))) {
                        throw SignedToken.invalid("nonce_of_another_login");
                    }
                },
                dispensable);
    }

    private Optional<SignedToken> verifyOfOurOwn(String encoded, Consumer<String> nonce, boolean dispensable) {
        Optional<SignedToken> token = SignedToken.parse(encoded);
        boolean taken = token.map(SignedToken::algorithm)
                .filter(rules.signature().algorithms()::contains)
                .isPresent();
        if (!taken && dispensable) {
            return Optional.empty();
        }
        return Optional.of(verify(token.orElseThrow(() -> SignedToken.invalid("not_a_jws")), encoded, nonce, true));
    }

    private void requireNonce(String sent, String inToken) {
        context.look(Look.NONCE, context.settings()::nonce, () -> Nonce.presence(sent, inToken));
        Nonce.require(context.settings(), sent, inToken);
    }

    /** @param nonce is handed the token's, or {@code null} */
    private SignedToken verify(SignedToken token, String encoded, Consumer<String> nonce, boolean ofOurOwn) {
        requireIssuer(context, rules, token);
        boolean byProvider = ProviderVerification.applies(rules, token);
        if (!byProvider) {
            new ProviderKeys(context, rules).verify(token);
        }
        if (!ofOurOwn) {
            context.look(
                    Look.ID_TOKEN, () -> null, () -> token.jws().getHeader().getType());
            requireIdToken(token);
        }
        context.look(Look.SUBJECT, () -> null, () -> token.text("sub"));
        if (token.subject().isEmpty()) {
            throw SignedToken.invalid("sub_missing");
        }
        context.look(Look.PERSON);
        new PersonCheck(context).requireIdToken(token.claims());
        requireOurs(token, ofOurOwn);
        requireTimes(token);
        if (token.claims().hasNonNull("nonce") && token.text("nonce") == null) {
            throw SignedToken.invalid("nonce_not_text");
        }
        nonce.accept(token.text("nonce"));
        if (byProvider) { // after all that needs no call
            context.look(Look.PROVIDER_VERIFICATION);
            new ProviderVerification(context, rules).verify(token, encoded);
        }
        return token;
    }

    SingleUse.Claim claim(SignedToken token) {
        context.look(Look.SINGLE_USE, context.settings()::singleUse, () -> null);
        if (!context.settings().singleUse()) {
            return SingleUse.Claim.NOTHING;
        }
        // a token that says it is good for ever is too old long before
        long left = token.time("exp").orElseThrow() - context.now();
        long young =
                context.settings().maxAge().toSeconds() + context.provider().clockSkew();
        return SingleUse.claim(
                context,
                token.signingInput(),
                Math.min(left, young) + context.provider().clockSkew() + 1);
    }

    static void requireIssuer(ProofContext context, IdTokenRules rules, SignedToken token) {
        String issuer = token.text("iss");
        List<String> issuers = rules.issuers().stream()
                .map(context.endpoints()::issuer)
                .map(pinned -> IssuerTemplate.fill(pinned, token))
                .toList();
        context.look(Look.ISSUER, () -> issuers, () -> issuer);
        if (issuers.stream().noneMatch(pinned -> pinned.equals(issuer))) {
            throw ExchangeException.refuse(ExchangeError.ISSUER_MISMATCH);
        }
    }

    private static void requireIdToken(SignedToken token) {
        String headerType = token.jws().getHeader().getType();
        String keycloakType = token.text("typ");
        boolean plainType = headerType == null || headerType.equalsIgnoreCase("JWT");
        boolean idType = keycloakType == null || keycloakType.equals(TokenUtil.TOKEN_TYPE_ID);
        boolean scoped =
                SCOPES.stream().anyMatch(token.claims()::has) && HASHES.stream().noneMatch(token.claims()::hasNonNull);
        boolean foreign = scoped
                || FOREIGN_CLAIMS.stream().anyMatch(token.claims()::has)
                || "access".equals(token.text("token_use")) // AWS
                || "app".equals(token.text("idtyp")); // Entra
        if (!plainType || !idType || foreign) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_KIND_MISMATCH, "The token is not an id token");
        }
    }

    /**
     * OpenID Connect Core §3.1.3.7, 3 to 5.
     *
     * @param withOthers further audiences are no harm: a token that anybody may have sent could be sent by each of them
     */
    private void requireOurs(SignedToken token, boolean withOthers) {
        String party = authorizedParty(token);
        List<String> audience = token.audience();
        context.look(
                Look.AUDIENCE,
                context.app()::clientIds,
                () -> String.join(", ", audience) + (party == null ? "" : ", azp " + party));
        boolean some = audience.stream().anyMatch(context.app()::owns);
        boolean ours = withOthers ? some : some && audience.stream().allMatch(context.app()::owns);
        if (!ours || party != null && !context.app().owns(party)) {
            throw ExchangeException.because(
                    ExchangeError.TOKEN_FOR_ANOTHER_APP,
                    some || party != null && context.app().owns(party) ? "foreign_audience_beside_ours" : null);
        }
    }

    /** Present but not a text is present. */
    private static String authorizedParty(SignedToken token) {
        JsonNode azp = token.claims().path("azp");
        return azp.isMissingNode() || azp.isNull() ? null : azp.asText();
    }

    private void requireTimes(SignedToken token) {
        long now = context.now();
        int skew = context.provider().clockSkew();
        context.look(Look.EXPIRY, () -> null, () -> token.seconds("exp", now));
        token.requireValid(now, skew);
        context.look(
                Look.AGE,
                () -> "at most " + context.settings().maxAge().toSeconds() + " s",
                () -> token.seconds("iat", now));
        long issued = token.requireIssued(now, skew);
        if (issued + context.settings().maxAge().toSeconds() + skew <= now) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_TOO_OLD);
        }
    }
}
