package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.descriptor.Placeholders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A provider's discovery document beside what is known of it here.
 *
 * @param endpoints of this installation: a document may name either the provider's addresses or its own
 */
record Published(Descriptor descriptor, Endpoints endpoints, JsonNode document) {
    static final String ALGORITHMS = "id_token_signing_alg_values_supported";

    /**
     * @param member of the document
     * @param expected by what is known here
     */
    record Difference(String member, String expected, String found) {}

    /** Whether it is a discovery document at all. */
    boolean isOne() {
        return document.path("issuer").isTextual();
    }

    /** What both say, and not alike; of what is known to differ none. */
    List<Difference> differences() {
        List<Difference> all = new ArrayList<>();
        descriptor
                .idToken()
                .map(IdTokenRules::issuers)
                .map(issuers -> compared("issuer", issuers))
                .ifPresent(all::addAll);
        Optional<OAuth2Endpoints> oauth2 = descriptor.oauth2();
        oauth2.flatMap(OAuth2Endpoints::authorizationUrl)
                .map(url -> compared("authorization_endpoint", Set.of(url)))
                .ifPresent(all::addAll);
        oauth2.flatMap(OAuth2Endpoints::tokenUrl)
                .map(url -> compared("token_endpoint", Set.of(url)))
                .ifPresent(all::addAll);
        descriptor
                .accessToken()
                .flatMap(AccessTokenRules::profile)
                .map(CallTemplate::url)
                .map(url -> compared("userinfo_endpoint", Set.of(url)))
                .ifPresent(all::addAll);
        descriptor
                .idToken()
                .flatMap(rules -> rules.signature().jwksUrl())
                .map(url -> compared("jwks_uri", Set.of(url)))
                .ifPresent(all::addAll);
        descriptor
                .idToken()
                .ifPresent(rules -> all.addAll(algorithms(rules.signature().algorithms())));
        Set<String> known = descriptor.check().discovery().differs();
        return all.stream().filter(one -> !known.contains(one.member())).toList();
    }

    private List<Difference> compared(String member, Set<String> known) {
        String found = document.path(member).textValue();
        boolean same = found == null
                || known.stream()
                        .anyMatch(one -> plain(one).equals(plain(found))
                                || plain(endpoints.rewrite(one)).equals(plain(found))
                                || plain(endpoints.issuer(one)).equals(plain(found)));
        return same
                ? List.of()
                : List.of(
                        new Difference(member, known.stream().sorted().collect(Collectors.joining(", ")), cut(found)));
    }

    /** Without what varies: a tenant's place, parameters of the query, a slash at the end. */
    private static String plain(String url) {
        return Placeholders.fill(url, word -> "{}").replaceAll("[?#].*$", "").replaceAll("/$", "");
    }

    private static String cut(String text) {
        int longest = 300;
        return text.length() > longest ? text.substring(0, longest) + '…' : text;
    }

    /** What a public key verifies: none that is accepted here any more, or a new one that is not. */
    private List<Difference> algorithms(Set<String> accepted) {
        Set<String> offered = StreamSupport.stream(document.path(ALGORITHMS).spliterator(), false)
                .map(JsonNode::asText)
                .filter(IdTokenRules.ASYMMETRIC::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        return offered.isEmpty() || accepted.containsAll(offered)
                ? List.of()
                : List.of(new Difference(
                        ALGORITHMS, String.join(", ", new TreeSet<>(accepted)), String.join(", ", offered)));
    }
}
