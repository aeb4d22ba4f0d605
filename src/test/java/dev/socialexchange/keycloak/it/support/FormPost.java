package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that a browser leaves by posting a form to another site (OAuth 2.0 Form Post Response Mode). */
record FormPost(URI action, String body) {
    private static final Pattern FORM = Pattern.compile("(?s)<form method=\"post\" action=\"([^\"]*)\">(.*?)</form>");
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    static Optional<FormPost> in(String html) {
        Matcher form = FORM.matcher(html);
        if (!form.find()) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(form.group(2));
        while (field.find()) {
            fields.add(Http.encode(unescape(field.group(1))) + '=' + Http.encode(unescape(field.group(2))));
        }
        return Optional.of(new FormPost(URI.create(unescape(form.group(1))), String.join("&", fields)));
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
