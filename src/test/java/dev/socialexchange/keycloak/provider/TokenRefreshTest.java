package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRefreshTest {
    private static final CodeRules RULES = DescriptorReader.resource("vk").authorizationCode();
    private static final CodeRules NAVER = DescriptorReader.resource("naver").authorizationCode();
    private static final String STORED =
            "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"device_id\":\"d1\",\"state\":\"s1\"}";

    @Test
    void asksWithWhatCameWithTheCode() {
        assertThat(added(RULES, STORED)).isEqualTo(Map.of("refresh_token", "r1", "device_id", "d1"));
    }

    @Test
    void otherParametersOfACodeAreOfNoUseLater() {
        assertThat(added(NAVER, STORED)).isEqualTo(Map.of("refresh_token", "r1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"access_token\":\"a1\"}", "{\"device_id\":null}", "{\"device_id\":[]}", "a1", ""})
    void leavesOutWhatWasNotKept(String stored) {
        assertThat(added(RULES, stored)).isEqualTo(Map.of("refresh_token", "r1"));
    }

    @Test
    void keepsItForTheNextTime() {
        String complete =
                new TokenRefresh(RULES, STORED).complete("{\"access_token\":\"a2\",\"accessTokenExpiration\":5}");

        assertThat(complete).isEqualTo("{\"access_token\":\"a2\",\"accessTokenExpiration\":5,\"device_id\":\"d1\"}");
    }

    @Test
    void addsNothingThatWasNotKept() {
        String tokens = "{\"access_token\":\"a2\"}";

        assertThat(new TokenRefresh(RULES, "{}").complete(tokens)).isEqualTo(tokens);
        assertThat(new TokenRefresh(NAVER, STORED).complete(tokens)).isEqualTo(tokens);
        assertThat(new TokenRefresh(null, STORED).complete(tokens)).isEqualTo(tokens);
    }

    private static Map<String, String> added(CodeRules rules, String stored) {
        Map<String, String> fields = new HashMap<>(Map.of("refresh_token", "r1"));
        new TokenRefresh(rules, stored).addTo(fields);
        return fields;
    }
}
