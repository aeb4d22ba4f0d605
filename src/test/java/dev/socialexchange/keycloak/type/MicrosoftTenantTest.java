package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.util.JsonSerialization;

class MicrosoftTenantTest {
    private static final String LOGIN = "https://login.microsoftonline.com/";
    private static final String ANY = LOGIN + "{tid}/v2.0";
    private static final String PERSONAL = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static final String WORK = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final IdTokenRules RULES = IdTokenRules.of(
            Set.of(ANY), IdTokenRules.Signature.by(Optional.of(LOGIN + "common/discovery/v2.0/keys"), Set.of("RS256")));

    @ParameterizedTest
    @CsvSource({
        "common, " + WORK + ", true",
        "common, " + PERSONAL + ", true",
        "common, contoso.example, false",
        "common, '', false",
        "organizations, " + WORK + ", true",
        "organizations, " + PERSONAL + ", false",
        "consumers, " + PERSONAL + ", true",
        "consumers, " + WORK + ", false",
        WORK + ", " + WORK + ", true",
        WORK + ", " + PERSONAL + ", false",
        "contoso.example, " + WORK + ", false"
    })
    void admitsTokensOfItsOwnAccounts(String setting, String tid, boolean admitted) {
        assertThat(MicrosoftTenant.of(setting).admits(tid)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "common, " + LOGIN + "common/discovery/v2.0/keys, " + ANY,
        "organizations, " + LOGIN + "organizations/discovery/v2.0/keys, " + ANY,
        "consumers, " + LOGIN + "consumers/discovery/v2.0/keys, " + LOGIN + PERSONAL + "/v2.0",
        WORK + ", " + LOGIN + WORK + "/discovery/v2.0/keys, " + LOGIN + WORK + "/v2.0"
    })
    void hasItsOwnEndpointsAndIssuer(String setting, String keys, String issuer) {
        Endpoints endpoints = MicrosoftTenant.of(setting).endpoints(Endpoints.AS_THEY_ARE, RULES);

        assertThat(endpoints.rewrite(RULES.signature().jwksUrl().orElseThrow())).isEqualTo(keys);
        assertThat(endpoints.issuer(ANY)).isEqualTo(issuer);
    }

    @Test
    void nationalCloudIsAnotherHostWithAnIssuerOfItsOwn() {
        Endpoints configured = new Endpoints(Map.of(
                "https://login.microsoftonline.com",
                "https://login.microsoftonline.us",
                LOGIN + WORK + "/v2.0",
                "https://login.microsoftonline.us/" + WORK + "/v2.0"));

        Endpoints endpoints = MicrosoftTenant.of(WORK).endpoints(configured, RULES);

        assertThat(endpoints.rewrite(RULES.signature().jwksUrl().orElseThrow()))
                .isEqualTo("https://login.microsoftonline.us/" + WORK + "/discovery/v2.0/keys");
        assertThat(endpoints.issuer(ANY)).isEqualTo("https://login.microsoftonline.us/" + WORK + "/v2.0");
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0000-7f1c-2a9b0d3e4f56, " + PERSONAL + ", 7f1c2a9b0d3e4f56",
        "00000000-0000-0000-7f1c-2a9b0d3e4f56, " + WORK + ", 00000000-0000-0000-7f1c-2a9b0d3e4f56",
        "5b1d7c3e-2a4f-4e6b-8c9d-0a1b2c3d4e5f, " + PERSONAL + ", 5b1d7c3e-2a4f-4e6b-8c9d-0a1b2c3d4e5f"
    })
    void personalAccountsHaveTheDigitsOfTheirObjectId(String oid, String tid, String graphId) {
        assertThat(MicrosoftTenant.graphId(oid, tid)).isEqualTo(graphId);
    }

    @ParameterizedTest
    @CsvSource({
        "0f1c2a9b0d3e4f56, f1c2a9b0d3e4f56",
        "f1c2a9b0d3e4f56, 0f1c2a9b0d3e4f56",
        "00037ffe00000001, 37ffe00000001",
        "0, 0000000000000000",
        "0000000000000000, 0",
        "7f1c2a9b0d3e4f56,",
        "7f1c2a9b0d3e4f567,",
        "0b1d7c3e-2a4f-4e6b-8c9d-0a1b2c3d4e5f,",
        "0ada@example.org,"
    })
    void personalAccountsNumberMayBeginWithZerosOrLeaveThemOut(String graphId, String other) {
        assertThat(MicrosoftTenant.otherSpelling(graphId)).isEqualTo(Optional.ofNullable(other));
    }

    @Test
    void idTokenAndProfileAreOfOnePersonHoweverTheNumberIsWritten() {
        ExchangeIdentityProvider microsoft = ProviderTypes.all().get("microsoft");
        Map<String, String> claims = Map.of("oid", "00000000-0000-0000-0f1c-2a9b0d3e4f56", "tid", PERSONAL);
        JsonNode idToken = JsonSerialization.mapper.valueToTree(claims);

        for (String id : List.of("f1c2a9b0d3e4f56", "0f1c2a9b0d3e4f56")) {
            JsonNode profile = JsonSerialization.mapper.valueToTree(Map.of("id", id));
            assertThat(microsoft.subject(profile))
                    .isEqualTo(microsoft.subjectOfIdToken(idToken))
                    .contains("0f1c2a9b0d3e4f56");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "common, 7f1c2a9b0d3e4f56, true",
        "consumers, 7f1c2a9b0d3e4f56, true",
        "consumers, 5b1d7c3e-2a4f-4e6b-8c9d-0a1b2c3d4e5f, false",
        "organizations, 7f1c2a9b0d3e4f56, false",
        WORK + ", 7f1c2a9b0d3e4f56, false",
        WORK + ", 5b1d7c3e-2a4f-4e6b-8c9d-0a1b2c3d4e5f, true"
    })
    void tellsPersonalAccountsByTheirIds(String setting, String graphId, boolean inside) {
        assertThat(MicrosoftTenant.of(setting).hasId(graphId)).isEqualTo(inside);
    }
}
