package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.provider.CallTemplate;
import dev.socialexchange.keycloak.provider.Descriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request to a provider's token endpoint, for browser logins and exchanges alike. Sent once: no code survives a second try. */
record TokenRequest(CallTemplate template, Call call) {

    /** @param fields without the client's credentials; values as they are, whatever characters they have */
    static TokenRequest of(ProofContext context, Map<String, String> fields) {
        Descriptor.Code rules = context.descriptor().authorizationCode();
        Map<String, String> placeholders = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        List.copyOf(fields.keySet()).forEach(name -> {
            String placeholder = "field" + values.size();
            placeholders.put(name, '{' + placeholder + '}');
            values.put(placeholder, fields.get(name));
        });
        CallTemplate template =
                CallTemplate.token(context.descriptor().oauth2().tokenUrl(), placeholders, rules.auth(), rules.json());
        Call call = context.call(template, "", values);
        return new TokenRequest(template, new Call(call.method(), call.uri(), call.headers(), call.body(), false));
    }

    /** A record would print the code. */
    @Override
    public String toString() {
        return call.toString();
    }
}
