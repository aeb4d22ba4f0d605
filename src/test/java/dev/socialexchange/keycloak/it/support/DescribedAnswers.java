package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds every answer of ours that a test gets against {@code docs/openapi.yaml}, whatever the test is about. */
final class DescribedAnswers {
    private static final Pattern OURS =
            Pattern.compile(".*/realms/[^/]+(/protocol/openid-connect/token|/social-exchange/(?:links/[^/]+|nonce))");

    private static final class Document {
        static final OpenApi READ = new OpenApi(Path.of("docs/openapi.yaml"));
    }

    private DescribedAnswers() {}

    /**
     * The answer itself; what Keycloak refuses before it has asked us has a form of its own.
     *
     * @param exchange whether it is one of ours, where the token endpoint has others
     */
    static Answer described(URI endpoint, boolean exchange, Answer answer) {
        Matcher ours = OURS.matcher(endpoint.toString());
        if (exchange
                && ours.matches()
                && (answer.status() == 200 || !answer.errorReason().isEmpty())) {
            String path = ours.group(1).replaceFirst("/links/.*", "/links/{alias}");
            Document.READ
                    .mistake(
                            path,
                            "post",
                            answer.status(),
                            answer.header("Content-Type").orElse(""),
                            answer.body())
                    .ifPresent(mistake -> {
                        throw new AssertionError("not as docs/openapi.yaml says: " + mistake);
                    });
        }
        return answer;
    }
}
