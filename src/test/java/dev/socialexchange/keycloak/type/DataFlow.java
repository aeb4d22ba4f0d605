package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.Binding;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a provider is told about a person, and what is read of its answers, as a table for people: from the descriptors. */
final class DataFlow {
    private static final String ROW = "| %s | %s | %s | %s | %s | %s | %s |";
    private static final String NONE = "not taken";

    private DataFlow() {}

    static String of(List<Descriptor> descriptors) {
        return Stream.concat(
                        Stream.of(
                                ROW.formatted(
                                        "type",
                                        "of an id_token",
                                        "of an access token",
                                        "of a code",
                                        "at logout, if wanted",
                                        "at deletion, if wanted",
                                        "read"),
                                "|---|---|---|---|---|---|---|"),
                        descriptors.stream().map(DataFlow::row))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Descriptor descriptor) {
        return ROW.formatted(
                '`' + descriptor.id() + '`',
                descriptor.idToken().map(DataFlow::idToken).orElse(NONE),
                descriptor
                        .accessToken()
                        .filter(rules -> rules.isOfUse())
                        .map(DataFlow::accessToken)
                        .orElse(NONE),
                descriptor
                        .authorizationCode()
                        .map(rules -> code(descriptor, rules))
                        .orElse(NONE),
                descriptor
                        .revocation()
                        .map(call -> "the token to " + hosts(Stream.of(call)))
                        .orElse("nothing"),
                descriptor
                        .withdraws()
                        .map(call -> "a stored token to " + hosts(Stream.of(call)))
                        .orElse("nothing"),
                read(descriptor));
    }

    /** Of most only the keys are fetched, for everybody. */
    private static String idToken(IdTokenRules rules) {
        String keys = rules.signature()
                .jwksUrl()
                .map(url -> "nothing; keys of " + host(url))
                .orElse("nothing");
        return rules.signature()
                .verify()
                .map(call -> keys + "; those of " + symmetric(rules) + " themselves to " + hosts(Stream.of(call)))
                .orElse(keys);
    }

    private static String symmetric(IdTokenRules rules) {
        return rules.signature().algorithms().stream()
                .filter(IdTokenRules::isSymmetric)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String accessToken(AccessTokenRules rules) {
        List<CallTemplate> calls = calls(rules);
        return (rules.bindable() ? "" : "only with `exchangeUnbound`: ") + "the token to "
                + hosts(calls.stream().filter(DataFlow::carriesTheToken)) + others(calls);
    }

    /** Calls that say nothing about anybody. */
    private static String others(List<CallTemplate> calls) {
        List<CallTemplate> bare =
                calls.stream().filter(Predicate.not(DataFlow::carriesTheToken)).toList();
        return bare.isEmpty() ? "" : "; nothing to " + hosts(bare.stream());
    }

    private static List<CallTemplate> calls(AccessTokenRules rules) {
        return Stream.of(
                        rules.binding().flatMap(Binding::asked).stream(),
                        rules.profile().stream(),
                        rules.further().values().stream())
                .flatMap(calls -> calls)
                .toList();
    }

    private static boolean carriesTheToken(CallTemplate call) {
        Stream<String> body = call.target() instanceof CallTemplate.Post post
                ? Stream.concat(post.form().values().stream(), post.json().values().stream())
                : Stream.empty();
        return call.auth() == CallTemplate.Auth.BEARER
                || Stream.of(
                                Stream.of(call.url()),
                                call.query().values().stream(),
                                call.headers().values().stream(),
                                body)
                        .flatMap(texts -> texts)
                        .anyMatch(text -> text.contains("{token}"));
    }

    private static String code(Descriptor descriptor, CodeRules rules) {
        String with = rules.companions().parameters().stream()
                .map(name -> ", `" + name + '`')
                .collect(Collectors.joining());
        String url = descriptor.oauth2().flatMap(OAuth2Endpoints::tokenUrl).orElseThrow();
        String then = descriptor
                .accessToken()
                .flatMap(AccessTokenRules::profile)
                .map(profile -> "; its access token to "
                        + hosts(Stream.concat(
                                Stream.of(profile),
                                descriptor.accessToken().orElseThrow().further().values().stream())))
                .orElse("");
        return "the code" + with + " to " + host(url) + then;
    }

    private static String hosts(Stream<CallTemplate> calls) {
        return calls.map(call -> host(call.url())).distinct().collect(Collectors.joining(", "));
    }

    private static String host(String url) {
        return '`' + URI.create(url.replaceAll("\\{\\w+}", "x")).getHost() + '`';
    }

    private static String read(Descriptor descriptor) {
        List<IdentityPointers> places =
                List.of(descriptor.identity().profile(), descriptor.identity().inIdToken());
        return Stream.of(
                        Optional.of("id"),
                        named("username", places, one -> !one.username().place().isEmpty()),
                        descriptor.givesAddresses() ? Optional.of("address") : Optional.<String>empty(),
                        named("name", places, one -> !one.names().isEmpty()).or(() -> descriptor
                                .idToken()
                                .flatMap(IdTokenRules::names)
                                .map(first -> "name in `user`")),
                        named("organisation", places, one -> !one.mail()
                                .hostedDomain()
                                .isEmpty()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(
            String what, List<IdentityPointers> places, Predicate<IdentityPointers> given) {
        return places.stream().anyMatch(given) ? Optional.of(what) : Optional.empty();
    }
}
