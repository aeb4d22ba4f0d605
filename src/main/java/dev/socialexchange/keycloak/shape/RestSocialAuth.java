package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * rest_social_auth (django-rest-social-auth) with pairs of JWTs: the provider's code, whose answer is tokens, and with {@code -user} who it is.
 * Its sessions, and its tokens that never expire, are not answered. Names of providers are python-social-auth's.
 */
final class RestSocialAuth implements Shape {
    private static final Pattern LOGIN = Pattern.compile("social/jwt-pair(-user)?(?:/([a-zA-Z0-9_-]+))?");

    private final ProviderNames names = ProviderNames.of("python-social-auth");

    @Override
    public String name() {
        return "rest-social-auth";
    }

    @Override
    public Meant read(AppRequest request) {
        Matcher login = LOGIN.matcher(request.path());
        if (request.is("POST", SimpleJwt.REFRESH)) {
            return SimpleJwt.refresh(request);
        }
        if (!request.method().equals("POST") || !login.matches()) {
            return new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "detail", "Not found."));
        }
        return login(request, Optional.ofNullable(login.group(2)).or(() -> request.text("provider")));
    }

    private Meant login(AppRequest request, Optional<String> provider) {
        Optional<String> code = request.text("code");
        if (code.isEmpty()) {
            return SimpleJwt.required("code");
        }
        if (provider.isEmpty()) {
            return Meant.missing(new AppAnswer(AppAnswer.BAD_REQUEST, new TextNode("")));
        }
        return new Meant.Exchange(
                names.find(provider.get()),
                TokenKind.AUTHORIZATION_CODE,
                code.get(),
                request.texts("redirect_uri", "code_verifier"));
    }

    @Override
    public AppAnswer tokens(AppRequest request, Meant meant, Issued issued) {
        if (meant instanceof Meant.Refresh) {
            return new AppAnswer(AppAnswer.OK, SimpleJwt.pair(issued));
        }
        ObjectNode body = AppAnswer.object()
                .put("token", issued.text("access_token"))
                .put("refresh", issued.text("refresh_token"));
        Matcher login = LOGIN.matcher(request.path());
        if (login.matches() && login.group(1) != null) {
            JsonNode claims = issued.claims();
            body.put("id", claims.path("sub").asText())
                    .put("username", claims.path("preferred_username").asText(""));
            AppAnswer.putPerson(body, claims);
        }
        return new AppAnswer(AppAnswer.OK, body);
    }

    /** A text that is JSON, which may be empty there. */
    @Override
    public AppAnswer refused(AppRequest request, Meant meant, Refused refused) {
        if (meant instanceof Meant.Refresh && !refused.isTemporary()) {
            return SimpleJwt.notValid("Token is invalid or expired");
        }
        return new AppAnswer(refused.statusOr(AppAnswer.BAD_REQUEST), new TextNode(refused.description()));
    }
}
