package dev.socialexchange.keycloak.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerTemplateTest {
    private static final String TEMPLATE = "https://login.example/{tid}/v2.0";

    @Test
    void takesTheTenantOfTheToken() {
        assertThat(IssuerTemplate.fill(TEMPLATE, token("a-1", null))).isEqualTo("https://login.example/a-1/v2.0");
    }

    @ParameterizedTest
    @CsvSource({"''", "a/../b", "a?b", "{tid}", "evil.example", "a b"})
    void takesNothingThatIsNotAWord(String tid) {
        assertThat(IssuerTemplate.fill(TEMPLATE, token(tid, null))).isEqualTo(TEMPLATE);
    }

    @Test
    void takesNothingFromATokenWithoutTheClaim() {
        assertThat(IssuerTemplate.fill(TEMPLATE, token(null, null))).isEqualTo(TEMPLATE);
    }

    @Test
    void leavesOtherIssuersAlone() {
        assertThat(IssuerTemplate.fill("https://issuer.example", token("a", null)))
                .isEqualTo("https://issuer.example");
    }

    @ParameterizedTest
    @CsvSource({
        ", https://anything.example, true",
        "https://login.example/{tenantid}/v2.0, https://login.example/a-1/v2.0, true",
        "https://login.example/{tenantid}/v2.0, https://loginxexample/a-1/v2.0, false",
        "https://login.example/{tenantid}/v2.0, https://login.example/a/b/v2.0, false",
        "https://login.example/personal/v2.0, https://login.example/personal/v2.0, true",
        "https://login.example/personal/v2.0, https://login.example/a-1/v2.0, false"
    })
    void keySignsForTheIssuerThatItNames(String ofTheKey, String ofTheToken, boolean admitted) {
        assertThat(IssuerTemplate.admits(ofTheKey, token(null, ofTheToken))).isEqualTo(admitted);
    }

    private static SignedToken token(String tid, String issuer) {
        return new SignedToken(
                null, JsonNodeFactory.instance.objectNode().put("tid", tid).put("iss", issuer));
    }
}
