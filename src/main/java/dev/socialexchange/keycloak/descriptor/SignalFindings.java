package dev.socialexchange.keycloak.descriptor;

import dev.socialexchange.keycloak.descriptor.DescriptorRules.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/** What a descriptor of somebody's own must say of signals, so that nothing is taken that nobody has proven. */
final class SignalFindings {

    private SignalFindings() {}

    static Stream<Finding> in(Descriptor descriptor) {
        return descriptor.signals().entrySet().stream()
                .filter(entry -> entry.getValue().proof() instanceof SignalProof.Token)
                .flatMap(entry -> in(
                        descriptor,
                        "/signals/" + entry.getKey() + "/token",
                        ((SignalProof.Token) entry.getValue().proof()).token()));
    }

    private static Stream<Finding> in(Descriptor descriptor, String place, SignalProof.SecurityEvents token) {
        boolean own = !token.issuers().isEmpty() && token.jwksUrl().isPresent();
        return Stream.of(
                        finding(
                                own || descriptor.idToken().isPresent(),
                                place,
                                "needs idToken, whose issuer and keys it uses, or issuers and jwksUrl of its own"),
                        finding(
                                token.jwksUrl().filter(url -> !isSecure(url)).isEmpty(),
                                place + "/jwksUrl",
                                "must be an https URL"),
                        finding(
                                token.audienceSetting().isEmpty(),
                                place + "/audienceSetting",
                                "not available here, since the console has no page for settings"))
                .flatMap(Optional::stream);
    }

    private static Optional<Finding> finding(boolean holds, String place, String otherwise) {
        return holds ? Optional.empty() : Optional.of(new Finding(place, otherwise));
    }

    private static boolean isSecure(String url) {
        try {
            URI uri = new URI(url);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException invalid) {
            return false;
        }
    }
}
