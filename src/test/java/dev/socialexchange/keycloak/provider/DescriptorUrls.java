package dev.socialexchange.keycloak.provider;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Every address that a descriptor sends a browser or a call to, without query and fragment. */
final class DescriptorUrls {

    private DescriptorUrls() {}

    static List<String> of(Descriptor descriptor) {
        Descriptor.OAuth2 oauth2 = descriptor.oauth2();
        return Stream.of(
                        Stream.of(oauth2.authorizationUrl(), oauth2.tokenUrl(), oauth2.refreshUrl()),
                        Stream.ofNullable(descriptor.idToken()).map(Descriptor.IdToken::jwksUrl),
                        calls(descriptor).filter(Objects::nonNull).map(CallTemplate::url))
                .flatMap(urls -> urls)
                .filter(Objects::nonNull)
                .map(url -> url.replaceFirst("[?#].*", ""))
                .toList();
    }

    private static Stream<CallTemplate> calls(Descriptor descriptor) {
        Optional<Descriptor.AccessToken> tokens = Optional.ofNullable(descriptor.accessToken());
        return Stream.of(
                        tokens.map(Descriptor.AccessToken::binding).map(Binding::call).stream(),
                        tokens.map(Descriptor.AccessToken::profile).stream(),
                        tokens.stream().flatMap(rules -> rules.further().values().stream()),
                        Stream.ofNullable(descriptor.idToken()).map(Descriptor.IdToken::verify),
                        Stream.ofNullable(descriptor.revocation()))
                .flatMap(calls -> calls);
    }
}
