package dev.socialexchange.keycloak.provider;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider can prove, as a table for people: read from the descriptors, so that it cannot be wrong. */
final class CapabilityMatrix {
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s | %s |";

    private CapabilityMatrix() {}

    static String of(List<Descriptor> descriptors) {
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
                        descriptors.stream().map(CapabilityMatrix::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Descriptor descriptor) {
        return ROW.formatted(
                '`' + descriptor.id() + '`',
                descriptor.name(),
                descriptor.idToken() == null
                        ? "none"
                        : descriptor.idToken().algorithms().stream().sorted().collect(Collectors.joining(", ")),
                binding(descriptor),
                code(descriptor.authorizationCode()),
                descriptor.signedData() == null ? "none" : "yes",
                email(descriptor),
                "simulator");
    }

    private static String code(CodeRules code) {
        String with = Stream.concat(
                        Stream.of("PKCE").filter(pkce -> code.pkce() == CodeRules.Pkce.REQUIRED),
                        code.parameters().stream().map(name -> '`' + name + '`'))
                .collect(Collectors.joining(" and "));
        return with.isEmpty() ? "yes" : "with " + with;
    }

    private static String binding(Descriptor descriptor) {
        if (descriptor.accessToken() == null) {
            return "none that is of use";
        }
        Binding binding = descriptor.accessToken().binding();
        if (binding == null && !descriptor.opensWithAccessTokenAlone()) {
            return "nothing: refused";
        }
        if (binding == null) {
            return "nothing: refused unless `exchangeUnbound`";
        }
        if (binding.decoded()) {
            return "`%s` of the token, once `%s` has accepted it; an opaque token is refused unless `exchangeUnbound`"
                    .formatted(
                            names(binding.clientId()),
                            url(descriptor.accessToken().profile()));
        }
        String setting = binding.clientIdSetting();
        return "`%s` of `%s`%s"
                .formatted(
                        names(binding.clientId()),
                        url(binding.call()),
                        setting == null ? "" : ", compared with the setting `" + setting + '`');
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
        return descriptor.givesAddresses() ? '`' + descriptor.emailTrust().id() + '`' : "none";
    }
}
