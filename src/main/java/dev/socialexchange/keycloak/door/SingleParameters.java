package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A form as the token endpoint would take it (Keycloak 26.7): each parameter once, none endless. */
public final class SingleParameters {
    private static final String TOKEN = "subject_token";
    private static final int MAX_TOKEN = 20_000;
    private static final int MAX_OTHER = 4_000;

    private SingleParameters() {}

    /**
     * @param form as it was sent; a parameter has at least one value
     * @return the same form
     * @throws ExchangeException if a parameter came twice or is too long
     */
    public static MultivaluedMap<String, String> of(MultivaluedMap<String, String> form) {
        return of(form, Set.of(TOKEN), Set.of());
    }

    /**
     * @param tokens names of parameters that may be as long as a token
     * @param several names of parameters that may come more than once
     */
    static MultivaluedMap<String, String> of(
            MultivaluedMap<String, String> form, Set<String> tokens, Set<String> several) {
        for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
            int max = tokens.contains(parameter.getKey()) ? MAX_TOKEN : MAX_OTHER;
            boolean single = parameter.getValue().size() == 1 || several.contains(parameter.getKey());
            if (!single || parameter.getValue().stream().anyMatch(value -> value.length() > max)) {
                throw ExchangeException.refuse(
                        ExchangeError.PARAMETER_INVALID, "A parameter appears twice or is too long");
            }
        }
        return form;
    }
}
