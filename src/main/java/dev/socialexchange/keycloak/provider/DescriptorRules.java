package dev.socialexchange.keycloak.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a descriptor of somebody's own must be beyond readable, so that nothing unsafe can be described. Shipped descriptors
 * have tests for this.
 */
final class DescriptorRules {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w*)}");
    private static final Set<String> PLACEHOLDERS = Set.of("token", "client_id", "client_secret");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Descriptor descriptor;
    private final List<Finding> findings = new ArrayList<>();

    private DescriptorRules(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @param pointer to what is wrong, or to where something is missing */
    record Finding(String pointer, String text) {}

    /** The first rule that is broken. */
    static Optional<Finding> brokenIn(Descriptor descriptor) {
        DescriptorRules rules = new DescriptorRules(descriptor);
        rules.endpoints();
        rules.idToken();
        rules.accessToken();
        if (descriptor.revocation() != null) {
            rules.call("/revocation", descriptor.revocation());
        }
        rules.identity();
        rules.require(
                descriptor.settings().isEmpty(),
                "/settings",
                "not available here, since the console has no page for them");
        rules.unavailable("/signedData", descriptor.signedData());
        rules.unavailable("/baseUrl", descriptor.baseUrl());
        rules.require(
                descriptor.idToken() != null || descriptor.accessToken() != null,
                "",
                "neither idToken nor accessToken: nothing says who somebody is");
        return rules.findings.stream().findFirst();
    }

    /** What needs a setting, or a secret that only types of this extension have. */
    private void unavailable(String place, Object value) {
        require(value == null, place, "not available here");
    }

    private void endpoints() {
        Descriptor.OAuth2 oauth2 = descriptor.oauth2();
        require(oauth2 != null, "/oauth2", "is missing: where browsers sign in");
        if (oauth2 != null) {
            url("/oauth2/authorizationUrl", oauth2.authorizationUrl());
            url("/oauth2/tokenUrl", oauth2.tokenUrl());
            if (oauth2.refreshUrl() != null) {
                url("/oauth2/refreshUrl", oauth2.refreshUrl());
            }
        }
    }

    private void idToken() {
        Descriptor.IdToken rules = descriptor.idToken();
        if (rules == null) {
            return;
        }
        url("/idToken/jwksUrl", rules.jwksUrl());
        unavailable("/idToken/verify", rules.verify());
        require(rules.issuers().stream().noneMatch(String::isBlank), "/idToken/issuers", "an issuer is blank");
        rules.algorithms().stream()
                .filter(algorithm -> !OidcDescriptor.ALGORITHMS.contains(algorithm))
                .sorted()
                .forEach(algorithm -> require(
                        false,
                        "/idToken/algorithms",
                        algorithm + " is not an asymmetric JWS algorithm: with an HMAC, whoever can verify can sign"));
    }

    private void accessToken() {
        Descriptor.AccessToken rules = descriptor.accessToken();
        if (rules == null) {
            return;
        }
        require(
                rules.binding() != null || rules.profile() != null || rules.jwt(),
                "/accessToken",
                "has neither binding nor profile nor jwt");
        require(!rules.jwt() || descriptor.idToken() != null, "/accessToken/jwt", "needs idToken, whose keys it uses");
        if (rules.binding() != null) {
            call("/accessToken/binding/call", rules.binding().call());
            require(
                    rules.binding().clientIdSetting() == null,
                    "/accessToken/binding/clientIdSetting",
                    "not available here, since the console has no page for settings");
        }
        if (rules.profile() != null) {
            call("/accessToken/profile", rules.profile());
        }
        rules.further().forEach((name, call) -> call("/accessToken/further/" + name, call));
    }

    private void identity() {
        IdentityPointers identity = descriptor.identity();
        IdentityPointers claims = identity.inIdToken();
        require(!identity.id().all().isEmpty(), "/identity/id", "is empty");
        require(!claims.id().all().isEmpty(), "/identity/idToken/id", "is empty");
        boolean ofOneKind = descriptor.idToken() == null
                || descriptor.accessToken() == null
                || descriptor.accessToken().profile() == null;
        require(
                ofOneKind
                        || identity.id().all().size() == 1 && claims.id().all().size() == 1,
                "/identity/id",
                "must be one place: say in identity.idToken where the id stands in an id token, which may carry others");
        IdentityPointers.EmailList emails = identity.emails();
        boolean flag = emails != null || hasFlag(identity) || hasFlag(claims);
        boolean ownMailbox = descriptor.emailTrust() == EmailTrust.AUTHORITATIVE_DOMAINS
                && !identity.mailbox().all().isEmpty();
        require(
                descriptor.emailTrust() == EmailTrust.NEVER || flag || ownMailbox,
                "/emailTrust",
                "needs identity.emailVerified: a provider without a flag vouches for nothing");
        boolean domains = !descriptor.authoritativeDomains().isEmpty()
                || !identity.hostedDomain().all().isEmpty()
                || !claims.hostedDomain().all().isEmpty();
        require(
                descriptor.emailTrust() != EmailTrust.AUTHORITATIVE_DOMAINS || domains,
                "/emailTrust",
                "needs authoritativeDomains or identity.hostedDomain");
        require(
                identity.usernameDocument() == null || isAsked(identity.usernameDocument()),
                "/identity/usernameDocument",
                "is none of accessToken.further");
        if (emails != null) {
            require(isAsked(emails.document()), "/identity/emails/document", "is none of accessToken.further");
            require(
                    emails.address() != null && !emails.primary().all().isEmpty() && emails.verified() != null,
                    "/identity/emails",
                    "needs address, primary and verified");
        }
    }

    private static boolean hasFlag(IdentityPointers pointers) {
        return !pointers.emailVerified().all().isEmpty()
                || !pointers.emailConfirmed().all().isEmpty();
    }

    private boolean isAsked(String document) {
        return descriptor.accessToken() != null
                && descriptor.accessToken().further().containsKey(document);
    }

    private void call(String place, CallTemplate call) {
        String url = call.url();
        url(place + (call.get() != null ? "/get" : "/post"), url);
        List<String> templates = Stream.of(
                        call.query().values(),
                        call.headers().values(),
                        call.form().values(),
                        call.json().values(),
                        List.of(url))
                .flatMap(values -> values.stream().map(String::valueOf))
                .toList();
        templates.forEach(template -> placeholders(place, template));
        require(
                call.auth() == CallTemplate.Auth.BEARER
                        || templates.stream().anyMatch(template -> template.contains("{token}")),
                place,
                "does not send the token: auth: bearer, or {token} somewhere");
        require(
                call.get() == null || call.form().isEmpty() && call.json().isEmpty(),
                place,
                "a get has no form and no json");
        require(call.get() == null || call.auth() != CallTemplate.Auth.POST, place, "auth: post needs a post");
    }

    private void placeholders(String place, String template) {
        Matcher found = PLACEHOLDER.matcher(template);
        while (found.find()) {
            require(
                    PLACEHOLDERS.contains(found.group(1)),
                    place,
                    found.group() + " is not known; there are {token}, {client_id} and {client_secret}");
        }
    }

    /** Neither plain text on the wire, nor a host that a token could choose. */
    private void url(String place, String url) {
        if (url == null || url.isBlank()) {
            require(false, place, "is missing");
            return;
        }
        try {
            URI uri = new URI(PLACEHOLDER.matcher(url).replaceAll("placeholder"));
            boolean loopback = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            boolean secure = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback;
            require(secure, place, "must be an https URL");
            require(
                    uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null,
                    place,
                    "must be a URL with a host, without user and fragment");
            String origin = url.replaceFirst("^(\\w+://[^/?]*).*$", "$1");
            require(!origin.contains("{"), place, "the host must not depend on a placeholder");
        } catch (URISyntaxException invalid) {
            require(false, place, "is not a URL");
        }
    }

    private void require(boolean holds, String pointer, String otherwise) {
        if (!holds) {
            findings.add(new Finding(pointer, otherwise));
        }
    }
}
