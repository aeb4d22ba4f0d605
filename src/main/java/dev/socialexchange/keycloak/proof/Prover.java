package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Proves that a subject token was issued by the provider, to our app, and is good now. Throws {@link ExchangeException}
 * otherwise; what is not configured is refused, never skipped.
 */
public final class Prover {
    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;

    public Prover(Surroundings surroundings, ExchangeIdentityProvider provider) {
        this.surroundings = surroundings;
        this.provider = provider;
    }

    /** Refuses what this provider does not accept, before anything is asked of anybody. */
    public void requireAccepted(Submission submission) {
        requireAccepted(submission.kind());
        if (provider.settings().nonceIssued() && submission.nonce() != null) {
            surroundings.journal().look(Look.NONCE_ISSUED);
            new IssuedNonces(surroundings).require(submission.nonce());
        }
        if (submission.accessToken() != null) {
            CompanionToken.requireOfUse(provider);
        }
        UnsignedNames.requireAccepted(provider.descriptor(), submission);
        if (submission.code() != null && !accepted().contains(TokenKind.AUTHORIZATION_CODE)) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_INVALID, "code is not accepted beside an id token of this provider");
        }
        if (submission.anyCode() != null) {
            CodeVerifier.requireParameters(
                    provider.descriptor().authorizationCode().orElseThrow(), submission);
        }
    }

    private void requireAccepted(TokenKind kind) {
        Set<TokenKind> accepted = accepted();
        surroundings.journal().look(Look.TOKEN_KIND, () -> TokenKind.ids(accepted), kind::id);
        if (accepted.contains(kind)) {
            return;
        }
        String kinds = String.join(", ", TokenKind.ids(accepted));
        boolean unbindable = kind == TokenKind.ACCESS_TOKEN
                && provider.descriptor().accessToken().isPresent()
                && !provable().contains(kind);
        throw ExchangeException.refuse(
                unbindable ? ExchangeError.BINDING_UNAVAILABLE : ExchangeError.TOKEN_TYPE_UNSUPPORTED,
                (unbindable
                                ? "Nothing proves which app this provider's access tokens are for; accepted: "
                                : "This provider's tokens are accepted as: ")
                        + (kinds.isEmpty() ? "none" : kinds));
    }

    /** The kinds of tokens that this provider takes: what can be proven, less what the admin has ruled out. */
    public Set<TokenKind> accepted() {
        Set<TokenKind> accepted = provable();
        Set<TokenKind> configured = provider.settings().tokenTypes();
        if (!configured.isEmpty()) {
            accepted.retainAll(configured);
        }
        return accepted;
    }

    private Set<TokenKind> provable() {
        Descriptor descriptor = provider.descriptor();
        Set<TokenKind> kinds = EnumSet.noneOf(TokenKind.class);
        kinds.addAll(descriptor.provable());
        if (provider.settings().unbound() && descriptor.opensWithAccessTokenAlone()) {
            kinds.add(TokenKind.ACCESS_TOKEN);
        }
        return kinds;
    }

    public Proof prove(Submission submission) {
        ProofContext context = ProofContext.of(surroundings, provider);
        Proof proof = KnownRefusals.of(context, submission).orElse(() -> proof(context, submission));
        return claimNonce(proof, submission)
                .with(UnsignedNames.addTo(provider.descriptor(), submission.user(), proof.evidence()));
    }

    private static Proof proof(ProofContext context, Submission submission) {
        return switch (submission.kind()) {
            case ID_TOKEN -> idToken(context, submission);
            case ACCESS_TOKEN -> accessToken(context, submission);
            case AUTHORIZATION_CODE -> new CodeVerifier(context).verify(submission);
            case SIGNED_DATA -> new SignedDataVerifier(context).verify(submission);
        };
    }

    /** After all else: a nonce is lost with the token that it came with, and only then. */
    private Proof claimNonce(Proof proof, Submission submission) {
        if (!provider.settings().nonceIssued() || submission.nonce() == null) {
            return proof;
        }
        try {
            return proof.with(proof.singleUse().and(new IssuedNonces(surroundings).claim(submission.nonce())));
        } catch (ExchangeException used) {
            proof.singleUse().release();
            throw used;
        }
    }

    private static Proof idToken(ProofContext context, Submission submission) {
        IdTokenVerifier verifier = new IdTokenVerifier(context);
        SignedToken token = verifier.verify(submission.token(), submission.nonce());
        if (submission.code() != null) {
            return new CodeVerifier(context).verifyBeside(token, submission, () -> verifier.claim(token));
        }
        if (submission.accessToken() == null) {
            return new Proof(
                    new Evidence.IdTokenClaims(token.claims()),
                    Proof.Method.JWKS,
                    verifier.claim(token),
                    Optional.empty());
        }
        Evidence evidence = new CompanionToken(context).evidence(token, submission.accessToken());
        StoredTokens stored = StoredTokens.of(submission.accessToken(), expiry(evidence));
        return new Proof(evidence, Proof.Method.JWKS, verifier.claim(token), Optional.of(stored));
    }

    private static Proof accessToken(ProofContext context, Submission submission) {
        Proof proof = new AccessTokenVerifier(context).verify(submission.token());
        StoredTokens stored =
                proof.storedTokens().orElseGet(() -> StoredTokens.of(submission.token(), expiry(proof.evidence())));
        return new Proof(proof.evidence(), proof.method(), proof.singleUse(), Optional.of(stored));
    }

    /** Of a JWT, which says it itself. */
    private static OptionalLong expiry(Evidence evidence) {
        JsonNode claims = evidence instanceof Evidence.Profile profile
                ? profile.accessTokenClaims()
                : evidence instanceof Evidence.IdTokenClaims tokens ? tokens.accessTokenClaims() : null;
        return claims != null && claims.path("exp").canConvertToLong()
                ? OptionalLong.of(claims.path("exp").asLong())
                : OptionalLong.empty();
    }
}
