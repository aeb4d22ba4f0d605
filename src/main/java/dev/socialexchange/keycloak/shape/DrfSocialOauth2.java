package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * drf-social-oauth2 and django-rest-framework-social-oauth2: {@code convert-token}, and what django-oauth-toolkit has beside it. Names of providers are
 * python-social-auth's.
 */
final class DrfSocialOauth2 implements Shape {
    private static final String CONVERT = "convert-token";
    private static final String SECRET = "client_secret";
    private static final List<String> NEEDED = List.of("grant_type", "backend", "token");
    private static final String GRANT = "convert_token";
    private static final String TOKEN_IS_BAD = "The token you provided is invalid or expired.";

    private final ProviderNames names = ProviderNames.of("python-social-auth");

    @Override
    public String name() {
        return "drf-social-oauth2";
    }

    @Override
    public Meant read(AppRequest request) {
        if (!request.method().equals("POST")) {
            return new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "detail", "Not found."));
        }
        return switch (request.path()) {
            case CONVERT -> conversion(request);
            case "token" -> refresh(request);
            case "revoke-token" ->
                request.text("token")
                        .<Meant>map(Meant.Revoke::new)
                        .orElseGet(() -> Meant.missing(error("invalid_request", "token is missing")));
            case "invalidate-sessions", "invalidate-refresh-tokens" -> new Meant.SignOut(Meant.Sessions.ALL);
            default -> new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "detail", "Not found."));
        };
    }

    private Meant conversion(AppRequest request) {
        Optional<String> missing =
                NEEDED.stream().filter(name -> request.text(name).isEmpty()).findFirst();
        if (missing.isPresent()) {
            return Meant.missing(
                    AppAnswer.ofList(AppAnswer.BAD_REQUEST, missing.get(), missing.get() + " is required."));
        }
        if (!request.text("grant_type").equals(Optional.of(GRANT))) {
            return Meant.unsupported(AppAnswer.of(
                    AppAnswer.BAD_REQUEST, "unsupported_grant_type", "The grant type is not " + GRANT + '.'));
        }
        ProviderName provider = names.find(request.text("backend").orElseThrow());
        return new Meant.Exchange(
                provider,
                provider.kindOr(TokenKind.ACCESS_TOKEN),
                request.text("token").orElseThrow(),
                Map.of());
    }

    private Meant refresh(AppRequest request) {
        if (!request.text("grant_type").equals(Optional.of("refresh_token"))) {
            return Meant.unsupported(error("unsupported_grant_type", "Only refresh_token is supported here"));
        }
        return request.text("refresh_token")
                .<Meant>map(Meant.Refresh::new)
                .orElseGet(() -> Meant.missing(error("invalid_request", "refresh_token is missing")));
    }

    /** Older apps have a secret in them. */
    @Override
    public Map<String, String> credentials(AppRequest request) {
        return request.text(SECRET).map(secret -> Map.of(SECRET, secret)).orElseGet(Map::of);
    }

    /** As django-oauth-toolkit says it. */
    private static AppAnswer error(String error, String description) {
        return AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, error, description);
    }

    @Override
    public AppAnswer tokens(AppRequest request, Meant meant, Issued issued) {
        ObjectNode body =
                issued.copy(AppAnswer.object(), "access_token", "expires_in", "token_type", "scope", "refresh_token");
        if (meant instanceof Meant.Exchange) {
            AppAnswer.putPerson(body.putObject("user"), issued.claims());
        }
        return new AppAnswer(AppAnswer.OK, body);
    }

    @Override
    public AppAnswer done(AppRequest request) {
        return AppAnswer.empty(request.path().equals("revoke-token") ? AppAnswer.OK : AppAnswer.NO_CONTENT);
    }

    @Override
    public AppAnswer refused(AppRequest request, Meant meant, Refused refused) {
        if (!request.path().equals(CONVERT)) {
            return AppAnswer.ofOAuth(refused.status(), refused.error(), refused.description());
        }
        int status = refused.statusOr(AppAnswer.BAD_REQUEST);
        if (refused.isTemporary()) {
            return AppAnswer.of(status, "detail", refused.description());
        }
        if (refused.isOfClient()) {
            return AppAnswer.of(status, "detail", "The application for this client_id does not exist.");
        }
        if (refused.reason().equals("account_exists")) {
            return AppAnswer.of(status, "error", "A user with this email already exists.");
        }
        if (refused.isOfRequest()) {
            return AppAnswer.of(status, "invalid_request", refused.description());
        }
        return AppAnswer.of(status, "access_denied", refused.isOfToken() ? TOKEN_IS_BAD : refused.description());
    }
}
