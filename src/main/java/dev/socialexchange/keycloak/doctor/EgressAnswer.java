package dev.socialexchange.keycloak.doctor;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What has to be let out, in the form that it is needed in: as data, for Kubernetes or for Squid. */
record EgressAnswer(Egress egress, String realm) {
    /** RFC 9512. */
    static final String YAML = "application/yaml";

    private static final List<MediaType> FORMS =
            List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(YAML), MediaType.TEXT_PLAIN_TYPE);

    /** @param wanted the best first */
    Response to(List<MediaType> wanted) {
        MediaType form = wanted.stream()
                .flatMap(one -> FORMS.stream().filter(one::isCompatible))
                .findFirst()
                .orElse(MediaType.APPLICATION_JSON_TYPE);
        Object answer = form.equals(MediaType.TEXT_PLAIN_TYPE)
                ? egress.squid()
                : form.equals(MediaType.APPLICATION_JSON_TYPE) ? egress : egress.networkPolicy(realm);
        return Response.ok(answer, form).build();
    }
}
