package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.core.JsonPointer;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.BodySignature;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider's page says that its descriptor knows better than a person. */
final class ProviderPage {
    private static final String INCOMPLETE =
            "`profile_incomplete`, since nobody has an address%s: [two ways out](../operations.md#people-without-an-e-mail-address)";

    private ProviderPage() {}

    /** The descriptor's row of the matrix, turned, and what has no room there. */
    static String facts(Descriptor descriptor, LiveProofs live) {
        String[] matrix = CapabilityMatrix.of(List.of(descriptor), live).split("\n");
        List<String> names = cells(matrix[0]);
        List<String> values = cells(matrix[2]);
        List<String> rows = new ArrayList<>();
        rows.add("| | |");
        rows.add("|---|---|");
        for (int column = 0; column < names.size(); column++) {
            if (!names.get(column).equals("provider")) { // the page's title
                rows.add(row(names.get(column), values.get(column)));
            }
        }
        if (!descriptor.givesAddresses()) {
            rows.add(row(
                    "first logins, with Keycloak's default user profile",
                    INCOMPLETE.formatted(descriptor.givesNames() ? "" : " or a name")));
        }
        descriptor.idToken().ifPresent(rules -> {
            rows.add(row("issuer", codes(rules.issuers().stream().sorted())));
            rows.add(row("nonce", rules.withoutNonce() ? "not in the id_token" : "in the id_token"));
        });
        rows.add(row(
                "user id",
                userId(descriptor.identity()) + (descriptor.vouching().pairwise() ? ", of this app alone" : "")));
        scope(descriptor).ifPresent(scope -> rows.add(row("scopes, unless you set others", codes(Stream.of(scope)))));
        descriptor
                .revocation()
                .map(CallTemplate::url)
                .map(URI::create)
                .ifPresent(url ->
                        rows.add(row("revokes at logout, if wanted", codes(Stream.of(url.getHost() + url.getPath())))));
        descriptor
                .withdraws()
                .map(CallTemplate::url)
                .map(url -> url.replaceFirst("^https://", ""))
                .ifPresent(url -> rows.add(row(
                        "revokes at deletion, if wanted",
                        codes(Stream.of(url)) + ", the "
                                + descriptor.withdrawnBy().get(0).replace('_', ' '))));
        new TreeMap<>(descriptor.signals())
                .forEach((name, rules) -> rows.add(row(
                        "[signals](../signals.md)",
                        "`…/social-exchange/signals/ALIAS/" + name + "`, " + provenBy(rules.proof()))));
        if (!descriptor.about().settings().isEmpty()) {
            rows.add(row("further settings", codes(descriptor.about().settings().stream())));
        }
        return String.join("\n", rows) + "\n";
    }

    /** The first kind that is accepted without further thought, as a command. */
    static String command(Descriptor descriptor) {
        List<String> lines = new ArrayList<>();
        lines.add("```");
        lines.add("curl -s https://keycloak.example/realms/social/protocol/openid-connect/token \\");
        lines.add("  -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \\");
        lines.add("  -d client_id=demo-spa -d subject_issuer=" + descriptor.id() + " \\");
        if (descriptor.provable().contains(TokenKind.ID_TOKEN) && !accessTokensAreUsual(descriptor)) {
            lines.add("  -d subject_token_type=urn:ietf:params:oauth:token-type:id_token \\");
            lines.add("  --data-urlencode subject_token=\"$ID_TOKEN\""
                    + (descriptor.idToken().orElseThrow().withoutNonce() ? "" : " --data-urlencode nonce=\"$NONCE\""));
        } else if (descriptor.provable().contains(TokenKind.ACCESS_TOKEN)) {
            lines.add("  -d subject_token_type=urn:ietf:params:oauth:token-type:access_token \\");
            lines.add("  --data-urlencode subject_token=\"$ACCESS_TOKEN\"");
        } else {
            CodeRules code = descriptor.authorizationCode().orElseThrow();
            boolean verifier = code.client().pkce() == CodeRules.Pkce.REQUIRED;
            lines.add("  -d subject_token_type=urn:keycloak:social-exchange:token-type:authorization_code \\");
            lines.add("  --data-urlencode subject_token=\"$CODE\" --data-urlencode redirect_uri=\"$REDIRECT_URI\""
                    + (verifier ? " \\\n  --data-urlencode code_verifier=\"$CODE_VERIFIER\"" : "")
                    + code.companions().parameters().stream()
                            .map(name ->
                                    " \\\n  --data-urlencode %s=\"$%s\"".formatted(name, name.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.joining()));
        }
        lines.add("```");
        return String.join("\n", lines) + "\n";
    }

    private static String provenBy(SignalProof proof) {
        if (proof instanceof SignalProof.Token) {
            return "signed with the keys of its id_tokens";
        }
        boolean ofClient = proof instanceof SignalProof.Request
                || proof instanceof SignalProof.Signed signed
                        && signed.signature().secret() == BodySignature.Secret.CLIENT
                        && signed.signature().by() == BodySignature.Algorithm.HMAC_SHA256;
        boolean byKey = proof instanceof SignalProof.Signed signed
                && signed.signature().by() == BodySignature.Algorithm.ED25519;
        return ofClient
                ? "signed with the client secret"
                : byKey
                        ? "signed with the key in `exchangeSignalsKey`"
                        : "signed with the secret in `exchangeSignalsSecret`";
    }

    private static Optional<String> scope(Descriptor descriptor) {
        return descriptor.oauth2().flatMap(OAuth2Endpoints::scope);
    }

    private static String userId(Identity identity) {
        Pointers inProfile = identity.profile().id().own();
        Pointers inIdToken = identity.inIdToken().id().own();
        return places(inProfile) + (inIdToken.equals(inProfile) ? "" : ", in the id_token " + places(inIdToken));
    }

    private static String places(Pointers pointers) {
        return codes(pointers.all().stream().map(JsonPointer::toString));
    }

    /** Who does not ask for an id token by default, and says of access tokens whose they are. */
    private static boolean accessTokensAreUsual(Descriptor descriptor) {
        return scope(descriptor)
                        .filter(scope -> !List.of(scope.split("[ ,]")).contains("openid"))
                        .isPresent()
                && descriptor
                        .accessToken()
                        .flatMap(AccessTokenRules::binding)
                        .flatMap(Binding::asked)
                        .isPresent();
    }

    private static List<String> cells(String row) {
        return List.of(
                row.substring("| ".length(), row.length() - " |".length()).split(" \\| "));
    }

    private static String codes(Stream<String> texts) {
        return texts.map(text -> '`' + text + '`').collect(Collectors.joining(", "));
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |";
    }
}
