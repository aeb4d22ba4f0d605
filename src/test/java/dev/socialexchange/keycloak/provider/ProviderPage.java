package dev.socialexchange.keycloak.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a provider's page says that its descriptor knows better than a person. */
final class ProviderPage {
    private static final String NONE = "none";

    private ProviderPage() {}

    static String facts(Descriptor descriptor) {
        List<String> rows = new ArrayList<>();
        rows.add("| | |");
        rows.add("|---|---|");
        rows.add(row("identity provider type", code(descriptor.id())));
        rows.add(row("id_token", idToken(descriptor.idToken())));
        rows.add(row("access token, bound by", CapabilityMatrix.binding(descriptor)));
        rows.add(row("code", authorizationCode(descriptor.authorizationCode())));
        rows.add(row("user id", pointers(descriptor.identity().id())));
        rows.add(row("e-mail trust", email(descriptor)));
        if (descriptor.oauth2() != null && descriptor.oauth2().scope() != null) {
            rows.add(row(
                    "scopes, unless you set others", code(descriptor.oauth2().scope())));
        }
        if (!descriptor.settings().isEmpty()) {
            rows.add(row(
                    "further settings",
                    descriptor.settings().stream().map(ProviderPage::code).collect(Collectors.joining(", "))));
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
        if (descriptor.provable().contains(TokenKind.ID_TOKEN)) {
            lines.add("  -d subject_token_type=urn:ietf:params:oauth:token-type:id_token \\");
            lines.add("  --data-urlencode subject_token=\"$ID_TOKEN\""
                    + (descriptor.idToken().withoutNonce() ? "" : " --data-urlencode nonce=\"$NONCE\""));
        } else if (descriptor.provable().contains(TokenKind.ACCESS_TOKEN)) {
            lines.add("  -d subject_token_type=urn:ietf:params:oauth:token-type:access_token \\");
            lines.add("  --data-urlencode subject_token=\"$ACCESS_TOKEN\"");
        } else {
            boolean verifier = descriptor.authorizationCode().pkce() == Descriptor.Pkce.REQUIRED;
            lines.add("  -d subject_token_type=urn:keycloak:social-exchange:token-type:authorization_code \\");
            lines.add("  --data-urlencode subject_token=\"$CODE\" --data-urlencode redirect_uri=\"$REDIRECT_URI\""
                    + (verifier ? " \\\n  --data-urlencode code_verifier=\"$CODE_VERIFIER\"" : ""));
        }
        lines.add("```");
        return String.join("\n", lines) + "\n";
    }

    private static String idToken(Descriptor.IdToken idToken) {
        if (idToken == null) {
            return NONE;
        }
        return idToken.algorithms().stream().sorted().collect(Collectors.joining(", "))
                + ", issuer "
                + idToken.issuers().stream().sorted().map(ProviderPage::code).collect(Collectors.joining(" or "))
                + (idToken.withoutNonce() ? ", without a nonce" : "");
    }

    private static String authorizationCode(Descriptor.Code code) {
        if (code == null) {
            return "not accepted";
        }
        return code.pkce() == Descriptor.Pkce.REQUIRED
                ? "accepted, with `code_verifier`"
                : "accepted; `code_verifier` is passed on";
    }

    private static String pointers(Pointers pointers) {
        return pointers.all().stream().map(pointer -> code(pointer.toString())).collect(Collectors.joining(" or "));
    }

    private static String email(Descriptor descriptor) {
        String rule = CapabilityMatrix.email(descriptor);
        return rule.equals(NONE) ? "there is no address" : rule;
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |";
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
