package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider's page says that its descriptor knows better than a person. */
final class ProviderPage {
    private static final String INCOMPLETE =
            "`profile_incomplete`, since nobody has an address%s: [two ways out](../operations.md#people-without-an-e-mail-address)";

    private ProviderPage() {}

    /** The descriptor's row of the matrix, turned, and what has no room there. */
    static String facts(Descriptor descriptor) {
        String[] matrix = CapabilityMatrix.of(List.of(descriptor)).split("\n");
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
        if (descriptor.idToken() != null) {
            rows.add(row("issuer", codes(descriptor.idToken().issuers().stream().sorted())));
            rows.add(row("nonce", descriptor.idToken().withoutNonce() ? "not in the id_token" : "in the id_token"));
        }
        rows.add(row("user id", userId(descriptor.identity()) + (descriptor.pairwise() ? ", of this app alone" : "")));
        if (descriptor.oauth2() != null && descriptor.oauth2().scope() != null) {
            rows.add(row(
                    "scopes, unless you set others",
                    codes(Stream.of(descriptor.oauth2().scope()))));
        }
        if (descriptor.revocation() != null) {
            URI revocation = URI.create(descriptor.revocation().url());
            rows.add(
                    row("revokes at logout, if wanted", codes(Stream.of(revocation.getHost() + revocation.getPath()))));
        }
        if (!descriptor.settings().isEmpty()) {
            rows.add(row("further settings", codes(descriptor.settings().stream())));
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
                    + (descriptor.idToken().withoutNonce() ? "" : " --data-urlencode nonce=\"$NONCE\""));
        } else if (descriptor.provable().contains(TokenKind.ACCESS_TOKEN)) {
            lines.add("  -d subject_token_type=urn:ietf:params:oauth:token-type:access_token \\");
            lines.add("  --data-urlencode subject_token=\"$ACCESS_TOKEN\"");
        } else {
            boolean verifier = descriptor.authorizationCode().pkce() == CodeRules.Pkce.REQUIRED;
            lines.add("  -d subject_token_type=urn:keycloak:social-exchange:token-type:authorization_code \\");
            lines.add("  --data-urlencode subject_token=\"$CODE\" --data-urlencode redirect_uri=\"$REDIRECT_URI\""
                    + (verifier ? " \\\n  --data-urlencode code_verifier=\"$CODE_VERIFIER\"" : "")
                    + descriptor.authorizationCode().parameters().stream()
                            .map(name ->
                                    " \\\n  --data-urlencode %s=\"$%s\"".formatted(name, name.toUpperCase(Locale.ROOT)))
                            .collect(Collectors.joining()));
        }
        lines.add("```");
        return String.join("\n", lines) + "\n";
    }

    private static String userId(IdentityPointers identity) {
        Pointers inIdToken = identity.inIdToken().id();
        return places(identity.id())
                + (inIdToken.equals(identity.id()) ? "" : ", in the id_token " + places(inIdToken));
    }

    private static String places(Pointers pointers) {
        return codes(pointers.all().stream().map(JsonPointer::toString));
    }

    /** Who does not ask for an id token by default, and says of access tokens whose they are. */
    private static boolean accessTokensAreUsual(Descriptor descriptor) {
        String scope = descriptor.oauth2().scope();
        Descriptor.AccessToken tokens = descriptor.accessToken();
        return scope != null
                && !List.of(scope.split("[ ,]")).contains("openid")
                && tokens != null
                && tokens.binding() != null
                && tokens.binding().call() != null;
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
