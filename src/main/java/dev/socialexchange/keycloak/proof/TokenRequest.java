package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.net.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.OAuth2Constants;

/** A request to a provider's token endpoint, for browser logins and exchanges alike. Sent once: no code survives a second try. */
record TokenRequest(CallTemplate template, Call call) {
    private static final Set<String> CREDENTIALS = Set.of(OAuth2Constants.CLIENT_ID, OAuth2Constants.CLIENT_SECRET);

    /** @param fields with the names of RFC 6749; values as they are, whatever characters they have. Credentials come from us. */
    static TokenRequest of(ProofContext context, Map<String, String> fields) {
        OAuth2Endpoints oauth2 = context.descriptor().oauth2().orElseThrow();
        Map<String, String> placeholders = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!CREDENTIALS.contains(name)) {
                String placeholder = "field" + values.size();
                placeholders.put(name, '{' + placeholder + '}');
                values.put(placeholder, value);
            }
        });
        CallTemplate.Auth auth =
                context.descriptor().authorizationCode().orElseThrow().client().auth();
        if (auth == CallTemplate.Auth.POST) { // among the fields, under this provider's own names
            CREDENTIALS.forEach(name -> placeholders.put(oauth2.dialect().parameter(name), '{' + name + '}'));
            auth = CallTemplate.Auth.NONE;
        }
        CallTemplate template = CallTemplate.token(
                url(oauth2, fields), placeholders, auth, oauth2.dialect().tokenBy());
        Call call = context.call(template, "", values);
        return new TokenRequest(template, new Call(call.method(), call.uri(), call.headers(), call.body(), false));
    }

    private static String url(OAuth2Endpoints oauth2, Map<String, String> fields) {
        boolean refresh = OAuth2Constants.REFRESH_TOKEN.equals(fields.get(OAuth2Constants.GRANT_TYPE));
        return oauth2.refreshUrl().filter(url -> refresh).or(oauth2::tokenUrl).orElseThrow();
    }

    /** A record would print the code. */
    @Override
    public String toString() {
        return call.toString();
    }
}
