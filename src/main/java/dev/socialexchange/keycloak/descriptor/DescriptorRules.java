package dev.socialexchange.keycloak.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What nobody's own descriptor may say, so that nothing unsafe can be described. Shipped ones have tests for this. */
public final class DescriptorRules {

    private final Descriptor descriptor;
    private final List<Finding> findings = new ArrayList<>();
    private final CallFindings calls = new CallFindings(findings);

    private DescriptorRules(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @param pointer to what is wrong, or to where something is missing */
    public record Finding(String pointer, String text) {}

    /** The first rule that is broken. */
    public static Optional<Finding> brokenIn(Descriptor descriptor) {
        DescriptorRules rules = new DescriptorRules(descriptor);
        rules.endpoints();
        descriptor.idToken().ifPresent(rules::idToken);
        descriptor.accessToken().ifPresent(rules::accessToken);
        descriptor.revocation().ifPresent(call -> rules.calls.call("/revocation", call, CallFindings.OF_REVOCATION));
        descriptor.withdrawal().ifPresent(rules::withdrawal);
        rules.check(descriptor.check());
        rules.identity();
        rules.emailTrust();
        rules.require(
                descriptor.about().settings().isEmpty(),
                "/settings",
                "not available here, since the console has no page for them");
        rules.unavailable("/signedData", descriptor.signedData());
        rules.unavailable("/baseUrl", descriptor.about().baseUrl());
        rules.require(
                descriptor.idToken().isPresent() || descriptor.accessToken().isPresent(),
                "",
                "neither idToken nor accessToken: nothing says who somebody is");
        return Stream.concat(rules.findings.stream(), SignalFindings.in(descriptor))
                .findFirst();
    }

    /** What needs a setting, or a secret that only types of this extension have. */
    private void unavailable(String place, Optional<?> value) {
        require(value.isEmpty(), place, "not available here");
    }

    private void endpoints() {
        require(descriptor.oauth2().isPresent(), "/oauth2", "is missing: where browsers sign in");
        descriptor.oauth2().ifPresent(oauth2 -> {
            url("/oauth2/authorizationUrl", oauth2.authorizationUrl());
            url("/oauth2/tokenUrl", oauth2.tokenUrl());
            oauth2.refreshUrl().ifPresent(url -> url("/oauth2/refreshUrl", url));
        });
    }

    private void idToken(IdTokenRules rules) {
        url("/idToken/jwksUrl", rules.signature().jwksUrl());
        unavailable("/idToken/verify", rules.signature().verify());
        require(rules.issuers().stream().noneMatch(String::isBlank), "/idToken/issuers", "an issuer is blank");
        rules.signature().algorithms().stream()
                .filter(algorithm -> !IdTokenRules.ASYMMETRIC.contains(algorithm))
                .sorted()
                .forEach(algorithm -> require(
                        false,
                        "/idToken/algorithms",
                        algorithm + " is not an asymmetric JWS algorithm: with an HMAC, whoever can verify can sign"));
    }

    private void accessToken(AccessTokenRules rules) {
        require(rules.isOfUse(), "/accessToken", "has neither binding nor profile nor jwt");
        require(
                !rules.jwt() || descriptor.idToken().isPresent(),
                "/accessToken/jwt",
                "needs idToken, whose keys it uses");
        require(
                !rules.isDecoded() || rules.profile().isPresent(),
                "/accessToken/binding/decoded",
                "needs a profile: only that it opens with the token shows that the token is genuine");
        rules.binding().ifPresent(binding -> {
            binding.asked().ifPresent(call -> call("/accessToken/binding/call", call));
            require(
                    binding.app().setting().isEmpty(),
                    "/accessToken/binding/clientIdSetting",
                    "not available here, since the console has no page for settings");
        });
        rules.profile().ifPresent(call -> call("/accessToken/profile", call));
        rules.further().forEach((name, call) -> call("/accessToken/further/" + name, call));
    }

    /** There is nobody's token to send. */
    private void check(CheckRules check) {
        check.call().ifPresent(call -> {
            calls.address("/check/call", call);
            call.templates().forEach(template -> calls.placeholders("/check/call", template, Set.of()));
        });
        check.discovery().url().ifPresent(url -> url("/check/discovery", url));
    }

    private void identity() {
        Identity identity = descriptor.identity();
        IdentityPointers profile = identity.profile();
        IdentityPointers claims = identity.inIdToken();
        require(!profile.id().own().isEmpty(), "/identity/id", "is empty");
        require(!claims.id().own().isEmpty(), "/identity/idToken/id", "is empty");
        boolean ofOneKind = descriptor.idToken().isEmpty() || !descriptor.opensProfile();
        require(
                ofOneKind
                        || identity.anywhere()
                                .allMatch(places -> places.id().own().all().size() == 1),
                "/identity/id",
                "must be one place: say in identity.idToken where the id stands in an id token, which may carry others");
        require(
                profile.username().document().stream().allMatch(this::isAsked),
                "/identity/usernameDocument",
                "is none of accessToken.further");
        identity.emails().ifPresent(emails -> {
            require(isAsked(emails.document()), "/identity/emails/document", "is none of accessToken.further");
            require(
                    !emails.address().isEmpty()
                            && !emails.primary().isEmpty()
                            && !emails.verified().isEmpty(),
                    "/identity/emails",
                    "needs address, primary and verified");
        });
    }

    private void emailTrust() {
        Identity identity = descriptor.identity();
        EmailTrust trust = descriptor.vouching().emailTrust();
        boolean flag = identity.emails().isPresent()
                || identity.anywhere().anyMatch(places -> places.mail().hasFlag());
        boolean ownMailbox = trust == EmailTrust.AUTHORITATIVE_DOMAINS
                && !identity.profile().mail().mailbox().isEmpty();
        require(
                trust == EmailTrust.NEVER || flag || ownMailbox,
                "/emailTrust",
                "needs identity.emailVerified: a provider without a flag vouches for nothing");
        boolean domains = !descriptor.vouching().authoritativeDomains().isEmpty()
                || identity.anywhere()
                        .anyMatch(places -> !places.mail().hostedDomain().isEmpty());
        require(
                trust != EmailTrust.AUTHORITATIVE_DOMAINS || domains,
                "/emailTrust",
                "needs authoritativeDomains or identity.hostedDomain");
    }

    private boolean isAsked(String document) {
        return descriptor
                .accessToken()
                .filter(rules -> rules.further().containsKey(document))
                .isPresent();
    }

    private void withdrawal(Withdrawal withdrawal) {
        withdrawal.call().ifPresent(call -> calls.call("/withdrawal/call", call, CallFindings.OF_WITHDRAWAL));
        require(
                descriptor.withdraws().isPresent(),
                "/withdrawal",
                "has no call, and there is no revocation: nothing says where tokens are taken back");
    }

    private void call(String place, CallTemplate call) {
        calls.call(place, call, Set.of());
    }

    private void url(String place, Optional<String> url) {
        url.ifPresentOrElse(given -> url(place, given), () -> require(false, place, "is missing"));
    }

    private void url(String place, String url) {
        calls.url(place, url);
    }

    private void require(boolean holds, String pointer, String otherwise) {
        if (!holds) {
            findings.add(new Finding(pointer, otherwise));
        }
    }
}
