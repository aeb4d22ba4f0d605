package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule for somebody's own descriptor, by a descriptor that breaks this one alone. */
class DescriptorRulesTest {
    private static final String GOOD =
            """
            id: own
            name: Own
            oauth2:
              authorizationUrl: https://own.example/auth
              tokenUrl: https://own.example/token
              refreshUrl: https://own.example/refresh
            idToken: {issuers: [https://own.example], jwksUrl: "https://own.example/jwks", algorithms: [RS256]}
            accessToken:
              binding: {call: {get: "https://own.example/app", auth: bearer}, clientId: /app}
              profile: {get: "https://own.example/me", auth: bearer}
              further: {emails: {get: "https://own.example/emails", auth: bearer}}
            authorizationCode: {auth: post, pkce: optional}
            revocation: {post: "https://own.example/revoke", form: {token: "{token}", hint: "{token_type_hint}"}}
            withdrawal: {call: {delete: "https://own.example/grants/{id}", auth: bearer}, tokens: [access_token]}
            identity:
              id: /id
              username: /name
              idToken: {id: /sub}
              emails: {document: emails, address: /email, primary: /primary, verified: /verified}
            emailTrust: claim
            signals:
              set:
                token: {issuers: [https://own.example], jwksUrl: "https://own.example/set-keys"}
                subject: /event/sub
                subjectIssuer: /event/iss
                type: /type
                events: {x: account-deleted}
            """;

    @Test
    void descriptorThatKeepsAllOfThemIsTaken() {
        assertThat(broken(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://own.example/auth | http://own.example/auth | /oauth2/authorizationUrl | https",
                "https://own.example/token | http://own.example/token | /oauth2/tokenUrl | https",
                "https://own.example/refresh | http://own.example/refresh | /oauth2/refreshUrl | https",
                "https://own.example/jwks | http://own.example/jwks | /idToken/jwksUrl | https",
                "https://own.example/app | http://own.example/app | /accessToken/binding/call/get | https",
                "https://own.example/me | http://own.example/me | /accessToken/profile/get | https",
                "https://own.example/emails | http://own.example/emails | /accessToken/further/emails/get | https",
                "https://own.example/revoke | http://own.example/revoke | /revocation/post | https",
                "https://own.example/grants | http://own.example/grants | /withdrawal/call/delete | https",
                "grants/{id} | grants/{user} | /withdrawal/call | {user} is not known",
                "https://own.example/me | https:///me | /accessToken/profile/get | with a host",
                "https://own.example/me | https://me@own.example/ | /accessToken/profile/get | without user",
                "https://own.example/me | https://own.example/#me | /accessToken/profile/get | fragment",
                "https://own.example/me | https://{token}.example/ | /accessToken/profile/get | the host must not",
                "https://own.example/me | https://own.example/{id} | /accessToken/profile | {id} is not known",
                "token: \"{token}\" | token: \"{token}{}\" | /revocation | {} is not known",
                "https://own.example/me | https://own.example/% | /accessToken/profile/get | is not a URL",
                "token: \"{token}\" | token: all | /revocation | does not send the token",
                "issuers: [https://own.example] | issuers: [' '] | /idToken/issuers | blank",
                "algorithms: [RS256] | algorithms: [RS256, ES256K] | /idToken/algorithms | ES256K",
                "id: /id | id: [/id, /sub] | /identity/id | must be one place",
                "document: emails | document: others | /identity/emails/document | none of accessToken.further",
                "username: /name | username: /name, usernameDocument: others | /identity/usernameDocument | none of",
                "'clientId: /app}' | 'clientId: /app, clientIdSetting: app}' | /accessToken/binding/clientIdSetting | not available",
                "https://own.example/set-keys | http://own.example/set-keys | /signals/set/token/jwksUrl | https",
                "set-keys\"} | set-keys\", audienceSetting: appId} | /signals/set/token/audienceSetting | not available",
                "emailTrust: claim | emailTrust: authoritative-domains | /emailTrust | needs authoritativeDomains"
            })
    void descriptorThatBreaksOneIsNamedItsPlace(String good, String mistaken, String place, String why) {
        assertThat(GOOD).contains(good);
        String written = mistaken.startsWith("username: ") ? mistaken.replace(", ", "\n  ") : mistaken;

        Optional<DescriptorRules.Finding> finding = broken(GOOD.replace(good, written));

        assertThat(finding).hasValueSatisfying(found -> {
            assertThat(found.pointer()).isEqualTo(place);
            assertThat(found.text()).contains(why);
        });
    }

    @Test
    void jwtsNeedTheKeysOfAnIdToken() {
        String withoutIdToken = GOOD.replaceAll("(?m)^idToken: .*\n", "").replaceAll("(?m)^ +idToken: .*\n", "");

        assertThat(broken(withoutIdToken)).isEmpty();
        assertThat(broken(withoutIdToken.replace("  profile: {", "  jwt: true\n  profile: {")))
                .map(DescriptorRules.Finding::pointer)
                .contains("/accessToken/jwt");
    }

    @Test
    void flagThatNobodyHasVouchesForNothing() {
        assertThat(broken(GOOD.replaceAll("(?m)^ +emails: \\{document.*\n", "")))
                .map(DescriptorRules.Finding::pointer)
                .contains("/emailTrust");
    }

    private static Optional<DescriptorRules.Finding> broken(String yaml) {
        return DescriptorRules.brokenIn(DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "a test")
                .descriptor());
    }
}
