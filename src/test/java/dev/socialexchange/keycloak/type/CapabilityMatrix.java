package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Pointers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider can prove, as a table for people: read from the descriptors and from what users saw, so that it cannot be wrong. */
final class CapabilityMatrix {
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s |";

    private CapabilityMatrix() {}

    static String of(List<Descriptor> descriptors, LiveProofs live) {
        return Stream.concat(
                        Stream.of(
                                ROW.formatted(
                                        "identity provider type",
                                        "provider",
                                        "id_token",
                                        "access token, bound by",
                                        "code",
                                        "signed data",
                                        "e-mail, trust",
                                        "verified against"),
                                "|---|---|---|---|---|---|---|---|"),
                        descriptors.stream().map(descriptor -> row(descriptor, live)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Descriptor descriptor, LiveProofs live) {
        return ROW.formatted(
                '`' + descriptor.id() + '`',
                descriptor.name(),
                descriptor
                        .idToken()
                        .map(rules ->
                                rules.signature().algorithms().stream().sorted().collect(Collectors.joining(", ")))
                        .orElse("none"),
                binding(descriptor),
                code(descriptor.authorizationCode().orElseThrow()),
                descriptor.signedData().isEmpty() ? "none" : "yes",
                email(descriptor),
                live.verifiedAgainst(descriptor.id()));
    }

    private static String code(CodeRules code) {
        String with = Stream.concat(
                        Stream.of("PKCE").filter(pkce -> code.client().pkce() == CodeRules.Pkce.REQUIRED),
                        code.companions().parameters().stream().map(name -> '`' + name + '`'))
                .collect(Collectors.joining(" and "));
        return with.isEmpty() ? "yes" : "with " + with;
    }

    private static String binding(Descriptor descriptor) {
        if (descriptor.accessToken().isEmpty()) {
            return "none that is of use";
        }
        AccessTokenRules tokens = descriptor.accessToken().orElseThrow();
        if (tokens.binding().isEmpty()) {
            return "nothing: refused" + (descriptor.opensWithAccessTokenAlone() ? " unless `exchangeUnbound`" : "");
        }
        Binding binding = tokens.binding().get();
        if (binding.asked().isEmpty()) {
            return "`%s` of the token, once `%s` has accepted it; an opaque token is refused unless `exchangeUnbound`"
                    .formatted(
                            names(binding.app().clientId()),
                            url(tokens.profile().orElseThrow()));
        }
        return "`%s` of `%s`%s"
                .formatted(
                        names(binding.app().clientId()),
                        url(binding.asked().get()),
                        binding.app()
                                .setting()
                                .map(setting -> ", compared with the setting `" + setting + '`')
                                .orElse(""));
    }

    private static String names(Pointers pointers) {
        return pointers.all().stream()
                .map(pointer -> pointer.toString().substring(1).replace('/', '.'))
                .collect(Collectors.joining("`, `"));
    }

    private static String url(CallTemplate call) {
        return call.url().replaceFirst("^https://", "").replaceFirst("\\?.*", "");
    }

    private static String email(Descriptor descriptor) {
        return descriptor.givesAddresses()
                ? '`' + descriptor.vouching().emailTrust().id() + '`'
                : "none";
    }
}
