package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.descriptor.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every address that a descriptor sends a browser or a call to, without query and fragment. */
final class DescriptorUrls {

    private DescriptorUrls() {}

    static List<String> of(Descriptor descriptor) {
        OAuth2Endpoints oauth2 = descriptor.oauth2().orElseThrow();
        return Stream.of(
                        Stream.of(oauth2.authorizationUrl(), oauth2.tokenUrl(), oauth2.refreshUrl())
                                .flatMap(Optional::stream),
                        signature(descriptor).flatMap(IdTokenRules.Signature::jwksUrl).stream(),
                        calls(descriptor).map(CallTemplate::url))
                .flatMap(urls -> urls)
                .map(url -> url.replaceFirst("[?#].*", ""))
                .toList();
    }

    private static Optional<IdTokenRules.Signature> signature(Descriptor descriptor) {
        return descriptor.idToken().map(IdTokenRules::signature);
    }

    private static Stream<CallTemplate> calls(Descriptor descriptor) {
        Optional<AccessTokenRules> tokens = descriptor.accessToken();
        return Stream.of(
                        tokens.flatMap(AccessTokenRules::binding).flatMap(Binding::asked).stream(),
                        tokens.flatMap(AccessTokenRules::profile).stream(),
                        tokens.stream().flatMap(rules -> rules.further().values().stream()),
                        signature(descriptor).flatMap(IdTokenRules.Signature::verify).stream(),
                        descriptor.revocation().stream(),
                        descriptor.withdrawal().flatMap(Withdrawal::call).stream())
                .flatMap(calls -> calls);
    }
}
