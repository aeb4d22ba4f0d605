package dev.socialexchange.keycloak.resource;

import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;

/** Which language the doctor's page is in: {@code ui_locales} as OpenID Connect has it, or what the browser prefers; English where the page has neither. */
final class DoctorPageLanguage {
    private DoctorPageLanguage() {}

    static String of(KeycloakSession session) {
        HttpRequest request = session.getContext().getHttpRequest();
        String asked = session.getContext().getUri().getQueryParameters().getFirst("ui_locales");
        Stream<Locale> wanted = asked == null
                ? request.getHttpHeaders().getAcceptableLanguages().stream()
                : Stream.of(asked.split(" ")).map(Locale::forLanguageTag);
        return wanted.map(Locale::getLanguage)
                .filter(DoctorPageFiles.LANGUAGES::contains)
                .findFirst()
                .orElse(DoctorPageFiles.LANGUAGES.get(0));
    }
}
