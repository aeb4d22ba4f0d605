package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** dj-rest-auth with {@code USE_JWT}: an address for each provider, and those of its account views. Names of providers are allauth's. */
final class DjRestAuth implements Shape {
    private static final String USER = "user";
    private static final String LOGOUT = "logout";
    private static final String VERIFY = "token/verify";

    /** Of a provider's own address, and of nothing below it. */
    private static final Pattern PROVIDER = Pattern.compile("[a-zA-Z0-9_.-]+");

    private static final String GENERAL = "non_field_errors";

    private final ProviderNames names = ProviderNames.of("allauth");

    @Override
    public String name() {
        return "dj-rest-auth";
    }

    @Override
    public Meant read(AppRequest request) {
        if (request.is("GET", USER)) {
            return new Meant.Person();
        }
        if (!request.method().equals("POST") || request.path().isEmpty()) {
            return new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "detail", "Not found."));
        }
        return switch (request.path()) {
            case SimpleJwt.REFRESH -> SimpleJwt.refresh(request);
            case VERIFY ->
                request.text("token").<Meant>map(Meant.Verify::new).orElseGet(() -> SimpleJwt.required("token"));
            case LOGOUT -> logout(request);
            default -> login(request);
        };
    }

    /** By the access token; of an app that has none any more, by the refresh token that it wants to see on the black list. */
    private static Meant logout(AppRequest request) {
        Optional<String> refresh = request.text("refresh");
        return request.bearer().isPresent() || refresh.isEmpty()
                ? new Meant.SignOut(Meant.Sessions.THIS)
                : new Meant.Revoke(refresh.get());
    }

    /** An id_token counts for more than the access token beside it, as there. */
    private Meant login(AppRequest request) {
        if (!PROVIDER.matcher(request.path()).matches()) {
            return new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "detail", "Not found."));
        }
        ProviderName provider = names.find(request.path());
        Optional<String> idToken = request.text("id_token");
        Optional<String> accessToken = request.text("access_token");
        Optional<String> code = request.text("code");
        Map<String, String> further = new LinkedHashMap<>();
        if (idToken.isPresent()) {
            accessToken
                    .filter(token -> provider.kind().isEmpty())
                    .ifPresent(token -> further.put("access_token", token));
            return new Meant.Exchange(provider, TokenKind.ID_TOKEN, idToken.get(), further);
        }
        if (accessToken.isPresent()) {
            return new Meant.Exchange(provider, provider.kindOr(TokenKind.ACCESS_TOKEN), accessToken.get(), further);
        }
        if (code.isPresent()) {
            return new Meant.Exchange(
                    provider, TokenKind.AUTHORIZATION_CODE, code.get(), request.texts("redirect_uri", "code_verifier"));
        }
        return Meant.missing(
                AppAnswer.ofList(AppAnswer.BAD_REQUEST, GENERAL, "Incorrect input. access_token or code is required."));
    }

    @Override
    public AppAnswer tokens(AppRequest request, Meant meant, Issued issued) {
        ObjectNode body = SimpleJwt.pair(issued);
        if (meant instanceof Meant.Exchange) {
            body.set("user", user(issued.claims()));
        }
        return new AppAnswer(AppAnswer.OK, body);
    }

    @Override
    public AppAnswer person(AppRequest request, JsonNode claims) {
        return new AppAnswer(AppAnswer.OK, user(claims));
    }

    static ObjectNode user(JsonNode claims) {
        ObjectNode user = AppAnswer.object()
                .put("pk", claims.path("sub").asText())
                .put("username", claims.path("preferred_username").asText(""));
        return AppAnswer.putPerson(user, claims);
    }

    @Override
    public AppAnswer done(AppRequest request) {
        return request.path().equals(VERIFY)
                ? new AppAnswer(AppAnswer.OK, AppAnswer.object())
                : AppAnswer.of(AppAnswer.OK, "detail", "Successfully logged out.");
    }

    @Override
    public AppAnswer refused(AppRequest request, Meant meant, Refused refused) {
        if (refused.isTemporary()) {
            return AppAnswer.of(refused.status(), "detail", refused.description());
        }
        if (meant.isSignIn()) {
            return AppAnswer.ofList(AppAnswer.BAD_REQUEST, GENERAL, words(refused));
        }
        return SimpleJwt.notValid(
                meant instanceof Meant.Refresh || meant instanceof Meant.Verify
                        ? "Token is invalid or expired"
                        : "Given token not valid for any token type");
    }

    private static String words(Refused refused) {
        if (refused.reason().equals("account_exists")) {
            return "User is already registered with this e-mail address.";
        }
        return refused.isOfToken() ? "Incorrect value" : refused.description();
    }
}
