package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Optional;
import java.util.Set;

/**
 * Supabase Auth (GoTrue) as its clients call it for {@code signInWithIdToken}, and for the session that comes of it: refresh, user, sign-out. Its
 * other ways to sign in are not answered, and a realm's token is none that its database knows.
 */
final class Supabase implements Shape {
    private static final String PREFIX = "auth/v1/";
    private static final String TOKEN = "token";
    private static final String USER = "user";
    private static final String LOGOUT = "logout";

    private final ProviderNames names = ProviderNames.of("supabase");

    @Override
    public String name() {
        return "supabase";
    }

    @Override
    public Set<String> requestHeaders() {
        return Set.of("apikey", "x-client-info", "x-supabase-api-version");
    }

    /** A proxy may have cut off what stands before the address of each call. */
    private static String path(AppRequest request) {
        return request.path().startsWith(PREFIX) ? request.path().substring(PREFIX.length()) : request.path();
    }

    @Override
    public Meant read(AppRequest request) {
        return switch (request.method() + ' ' + path(request)) {
            case "POST " + TOKEN -> token(request);
            case "GET " + USER -> new Meant.Person();
            case "POST " + LOGOUT -> new Meant.SignOut(sessions(request.query().getOrDefault("scope", "global")));
            default ->
                new Meant.Nothing(
                        SupabaseErrors.answer(AppAnswer.NOT_FOUND, "validation_failed", "There is no such call here"));
        };
    }

    private static Meant.Sessions sessions(String scope) {
        return switch (scope) {
            case "local" -> Meant.Sessions.THIS;
            case "others" -> Meant.Sessions.OTHERS;
            default -> Meant.Sessions.ALL;
        };
    }

    private Meant token(AppRequest request) {
        return switch (request.query().getOrDefault("grant_type", "")) {
            case "id_token" -> idToken(request);
            case "refresh_token" ->
                request.text("refresh_token")
                        .<Meant>map(Meant.Refresh::new)
                        .orElseGet(() -> invalid("refresh_token required"));
            default ->
                Meant.unsupported(
                        AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, "unsupported_grant_type", "unsupported_grant_type"));
        };
    }

    private Meant idToken(AppRequest request) {
        Optional<String> provider = request.text("provider");
        Optional<String> token = request.text("id_token");
        if (provider.isEmpty() || token.isEmpty()) {
            return Meant.missing(
                    AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, "invalid request", "provider and id_token required"));
        }
        if (request.text("link_identity").filter("true"::equals).isPresent()) {
            return Meant.unsupported(SupabaseErrors.answer(
                    AppAnswer.BAD_REQUEST, "manual_linking_disabled", "Manual linking is disabled"));
        }
        return new Meant.Exchange(
                names.find(provider.get()), TokenKind.ID_TOKEN, token.get(), request.texts("nonce", "access_token"));
    }

    private static Meant invalid(String message) {
        return Meant.missing(SupabaseErrors.answer(AppAnswer.BAD_REQUEST, "validation_failed", message));
    }

    @Override
    public AppAnswer tokens(AppRequest request, Meant meant, Issued issued) {
        ObjectNode body = issued.copy(AppAnswer.object(), "access_token", "expires_in", "refresh_token")
                .put("token_type", "bearer")
                .put("expires_at", issued.expiresAt());
        String provider = meant instanceof Meant.Exchange exchange
                ? exchange.provider().name()
                : SupabaseUser.provider(issued.claims());
        body.set("user", SupabaseUser.of(issued.claims(), provider, SupabaseUser.signedInAt(issued.claims())));
        return new AppAnswer(AppAnswer.OK, body);
    }

    @Override
    public AppAnswer person(AppRequest request, JsonNode claims) {
        JsonNode token = request.bearer().flatMap(TokenClaims::of).orElseGet(AppAnswer::object);
        return new AppAnswer(
                AppAnswer.OK, SupabaseUser.of(claims, SupabaseUser.provider(claims), SupabaseUser.signedInAt(token)));
    }

    @Override
    public AppAnswer done(AppRequest request) {
        return AppAnswer.empty(AppAnswer.NO_CONTENT);
    }

    @Override
    public AppAnswer refused(AppRequest request, Meant meant, Refused refused) {
        return SupabaseErrors.of(meant, refused);
    }
}
