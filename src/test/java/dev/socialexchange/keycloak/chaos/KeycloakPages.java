package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.Visitor;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A browser on the pages of Keycloak's that ask for an address, and for a name with it.
 *
 * @param at which node a page is asked from
 * @param callback where the app takes over
 */
record KeycloakPages(Visitor browser, UnaryOperator<String> at, String callback) {
    private static final int STEPS = 8;
    private static final int OK = 200;
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile(" name=\"([^\"]+)\"");
    private static final Pattern VALUE = Pattern.compile(" value=\"([^\"]*)\"");

    /** The address with which the app is called back; empty if it does not come to that. */
    Optional<String> follow(String location, String name) {
        Optional<HttpResponse<String>> page = get(location);
        for (int step = 0; step < STEPS && page.isPresent(); step++) {
            HttpResponse<String> shown = page.get();
            Optional<String> next = shown.headers().firstValue("Location");
            if (next.filter(address -> address.startsWith(callback)).isPresent()) {
                return next.filter(address -> address.contains("code="));
            }
            page = next.isPresent() ? get(next.get()) : fill(shown, name);
        }
        return Optional.empty();
    }

    private Optional<HttpResponse<String>> get(String url) {
        return Witness.attempt(() -> browser.get(at.apply(url)));
    }

    private Optional<HttpResponse<String>> fill(HttpResponse<String> page, String typed) {
        Matcher action = ACTION.matcher(page.body());
        if (page.statusCode() != OK || !page.body().contains("name=\"email\"") || !action.find()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        INPUT.matcher(page.body()).results().map(found -> found.group()).forEach(input -> {
            Matcher name = NAME.matcher(input);
            Matcher value = VALUE.matcher(input);
            if (name.find()) {
                fields.put(name.group(1), value.find() ? value.group(1) : "");
            }
        });
        fields.put("email", typed + "@example.org");
        fields.replace("username", typed);
        return Witness.attempt(() -> browser.post(at.apply(action.group(1).replace("&amp;", "&")), fields));
    }
}
