package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Verifies an access token that is a JWT (RFC 9068 and its forerunners) without asking the provider about it. */
final class JwtAccessTokenVerifier {
    private static final Set<String> HEADER_TYPES = Set.of("at+jwt", "application/at+jwt");
    private static final Set<String> KEYCLOAK_TYPES = Set.of("Bearer", "DPoP");
    /** Every issuer spells "the app that got this token" in its own way: Keycloak and Auth0, RFC 9068, Okta, Entra. */
    private static final Pointers CLIENT_ID = Pointers.of("/azp", "/client_id", "/cid", "/appid");

    private static final List<String> ID_TOKEN_CLAIMS = List.of("nonce", "at_hash", "c_hash");

    private final ProofContext context;
    private final IdTokenRules rules;

    JwtAccessTokenVerifier(ProofContext context) {
        this.context = context;
        this.rules = context.descriptor().idToken().orElseThrow();
    }

    Proof verify(SignedToken token, String encoded) {
        requireSigned(token);
        List<String> clientIds = CLIENT_ID.texts(token.claims()).toList();
        context.look(Look.APP_OF_TOKEN, context.app()::clientIds, () -> clientIds);
        if (clientIds.isEmpty() || !clientIds.stream().allMatch(context.app()::owns)) {
            throw BindingCheck.anotherApp();
        }
        context.look(Look.PERSON);
        requirePerson(token, clientIds);
        context.look(Look.EXPIRY, () -> null, () -> token.seconds("exp", context.now()));
        token.requireValid(context.now(), context.provider().clockSkew());
        return new Proof(evidence(token, encoded), Proof.Method.JWT, SingleUse.Claim.NOTHING, Optional.empty());
    }

    /**
     * Whether this is a token for us to judge: with an issuer and an app in it, and signed with a published key in a way that
     * others can verify. Okta's own authorization server, for one, keeps its keys to itself.
     *
     * @throws ExchangeException if it is, or says that it is something else, and is not good
     */
    boolean isVerifiable(SignedToken token) {
        requireAccessToken(token);
        if (token.algorithm().equals("none")) {
            throw SignedToken.invalid("algorithm_not_allowed");
        }
        if (!token.claims().has("iss")
                || CLIENT_ID.texts(token.claims()).findAny().isEmpty()) {
            return false;
        }
        IdTokenVerifier.requireIssuer(context, rules, token);
        try {
            new ProviderKeys(context, rules).verify(token);
            return true;
        } catch (ExchangeException unverified) {
            if ("signature_invalid".equals(unverified.detail())) {
                throw unverified; // the key is known, and says no
            }
            return false;
        }
    }

    /** What holds of every access token of this issuer, whoever got it. */
    void requireSigned(SignedToken token) {
        IdTokenVerifier.requireIssuer(context, rules, token);
        new ProviderKeys(context, rules).verify(token);
        requireAccessToken(token);
    }

    private static void requireAccessToken(SignedToken token) {
        String headerType = String.valueOf(token.jws().getHeader().getType()).toLowerCase(Locale.ROOT);
        String keycloakType = token.text("typ");
        boolean says = HEADER_TYPES.contains(headerType) || isKeycloaks(token);
        boolean looks = (headerType.equals("jwt") || headerType.equals("null"))
                && keycloakType == null
                && Stream.of("scope", "scp").anyMatch(token.claims()::has)
                && ID_TOKEN_CLAIMS.stream().noneMatch(token.claims()::has);
        if (!says && !looks || token.claims().has("events")) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_KIND_MISMATCH, "The token is not an access token");
        }
    }

    private static boolean isKeycloaks(SignedToken token) {
        return KEYCLOAK_TYPES.contains(String.valueOf(token.text("typ")));
    }

    /** A client that asked for itself is its token's subject (RFC 9068 §5); Auth0 and Entra say it in claims of their own. */
    private void requirePerson(SignedToken token, List<String> clientIds) {
        String subject = token.subject().orElseThrow(() -> SignedToken.invalid("sub_missing"));
        boolean client = clientIds.contains(subject)
                || clientIds.contains(subject.replaceFirst("@clients$", ""))
                || "client-credentials".equals(token.text("gty"))
                || "app".equals(token.text("idtyp"));
        if (client) {
            throw PersonCheck.appsOwn();
        }
        new PersonCheck(context).requireOther(token.claims());
    }

    private Evidence evidence(SignedToken token, String encoded) {
        TokenAudience audience = TokenAudience.of(context, token.claims());
        audience.requireNotRuledOut();
        context.look(Look.PROFILE);
        ProviderVerdict profile = new Profiles(context).fetch(encoded, false).profile();
        if (profile == null || profile.refused()) {
            return goodByItself(token, encoded, audience, profile);
        }
        JsonNode document = profile.require();
        String named = context.provider()
                .subject(document)
                .orElseThrow(() -> ExchangeException.unavailable("profile_without_subject"));
        if (!token.subject().orElseThrow().equals(named)) {
            throw SignedToken.invalid("subject_mismatch");
        }
        return new Evidence.Profile(document, Map.of(), token.claims(), null);
    }

    /**
     * Of a token that no user info has opened with, if it counts. A 403 is about its scope or audience (RFC 6750 §3.1). A 401
     * may be so, too (npm {@code oidc-provider}), or mean that it was revoked: where the user info is the token's audience as
     * well, or the issuer a Keycloak, whose user info looks at no audience, it was revoked. Unless introspection vouches for it
     * now, it is as old as it says: an issuer that is not asked cannot say that it has revoked it.
     *
     * @param profile that was refused, or {@code null} if there is none
     */
    private Evidence goodByItself(SignedToken token, String encoded, TokenAudience audience, ProviderVerdict profile) {
        boolean unknown = profile != null && !profile.forbidden();
        String userInfo = context.descriptor()
                .accessToken()
                .flatMap(AccessTokenRules::profile)
                .map(CallTemplate::url)
                .orElse(null);
        if (unknown && (isKeycloaks(token) || audience.isUserInfo(token.text("iss"), userInfo))) {
            throw SignedToken.invalid("refused_by_provider");
        }
        if (!audience.isListed() && !audience.isOurApp()) {
            throw TokenAudience.refused();
        }
        if (unknown && !audience.isListed()) {
            throw SignedToken.invalid("refused_by_provider");
        }
        if (unknown && Introspection.isConfigured(context)) {
            new Introspection(context).requireActive(encoded);
            return new Evidence.Profile(token.claims(), Map.of(), token.claims(), null);
        }
        context.look(Look.AGE, () -> null, () -> token.seconds("iat", context.now()));
        token.requireIssued(context.now(), context.provider().clockSkew());
        return Evidence.Profile.ofTokenAlone(token.claims());
    }
}
