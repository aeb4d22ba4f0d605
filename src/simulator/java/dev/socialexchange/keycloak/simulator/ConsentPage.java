package dev.socialexchange.keycloak.simulator;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plain HTML forms, no script: each button submits the authorization request again, with the choice. */
final class ConsentPage {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title><style>
            body{font:16px/1.5 system-ui,sans-serif;background:#f3f4f6;color:#111827;margin:0;padding:8vh 1rem}
            main{max-width:26rem;margin:auto;background:#fff;border-radius:12px;padding:1.5rem 2rem;\
            box-shadow:0 1px 8px #0002}
            h1{font-size:1.25rem}small{display:block;color:#4b5563;overflow-wrap:anywhere}
            button{display:block;width:100%%;text-align:left;font:inherit;margin:.5rem 0;padding:.6rem .9rem;\
            border:1px solid #d1d5db;border-radius:8px;background:#fff;cursor:pointer}
            button:hover,button:focus{border-color:#2563eb;background:#eff6ff}button.deny{color:#b91c1c}
            </style></head><body><main><h1>%1$s</h1>%2$s</main></body></html>
            """;

    private ConsentPage() {}

    static String choice(Request request, Collection<Person> people) {
        Map<String, String> parameters = new TreeMap<>(request.query());
        parameters.putAll(request.form());
        String hidden = parameters.entrySet().stream()
                .filter(entry -> !entry.getKey().equals("login"))
                .map(entry -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(escape(entry.getKey()), escape(entry.getValue())))
                .collect(Collectors.joining());
        String buttons = people.stream().map(ConsentPage::button).collect(Collectors.joining());
        String content =
                """
                <p><b>%s</b> asks for: %s</p><form method="get">%s%s\
                <button class="deny" name="deny" value="true">Deny</button></form>\
                <small>A simulated provider: no password, no real account.</small>"""
                        .formatted(
                                escape(parameters.get("client_id")),
                                escape(parameters.getOrDefault("scope", "your profile")),
                                hidden,
                                buttons);
        return PAGE.formatted("Sign in at " + escape(request.host()), content);
    }

    /** Posts itself where scripts run. */
    static String formPost(String action, Map<String, Object> answer) {
        String hidden = answer.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(
                                escape(entry.getKey()), escape(entry.getValue().toString())))
                .collect(Collectors.joining());
        return PAGE.formatted(
                "Back to the app",
                "<form method=\"post\" action=\"%s\">%s<button>Continue</button></form><script>document.forms[0].submit()</script>"
                        .formatted(escape(action), hidden));
    }

    static String error(String message) {
        return PAGE.formatted("Something is wrong", "<p>" + escape(message) + "</p>");
    }

    static String page(String title, String content) {
        return PAGE.formatted(escape(title), content);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String button(Person person) {
        String name = person.name().length() > 60 ? person.name().substring(0, 60) + "…" : person.name();
        String email = person.email() == null
                ? "no e-mail address"
                : person.email() + (person.emailVerified() ? "" : " (not verified)");
        return "<button name=\"login\" value=\"%s\">%s<small>%s</small></button>"
                .formatted(person.id(), escape(name), escape(email));
    }
}
