package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderModel;

class TokenRefreshTest {
    private static final Descriptor VK = DescriptorReader.resource("vk");
    private static final Descriptor NAVER = DescriptorReader.resource("naver");
    private static final Descriptor INSTAGRAM = DescriptorReader.resource("instagram");
    private static final String STORED =
            "{\"access_token\":\"a1\",\"refresh_token\":\"r1\",\"device_id\":\"d1\",\"state\":\"s1\"}";

    @Test
    void asksWithWhatCameWithTheCode() {
        assertThat(added(VK, STORED)).isEqualTo(Map.of("refresh_token", "r1", "device_id", "d1"));
    }

    @Test
    void otherParametersOfACodeAreOfNoUseLater() {
        assertThat(added(NAVER, STORED)).isEqualTo(Map.of("refresh_token", "r1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"access_token\":\"a1\"}", "{\"device_id\":null}", "{\"device_id\":[]}", "a1", ""})
    void leavesOutWhatWasNotKept(String stored) {
        assertThat(added(VK, stored)).isEqualTo(Map.of("refresh_token", "r1"));
    }

    @Test
    void keepsItForTheNextTime() {
        String complete =
                new TokenRefresh(VK, STORED).complete("{\"access_token\":\"a2\",\"accessTokenExpiration\":5}");

        assertThat(complete).isEqualTo("{\"access_token\":\"a2\",\"accessTokenExpiration\":5,\"device_id\":\"d1\"}");
    }

    @Test
    void addsNothingThatWasNotKept() {
        String tokens = "{\"access_token\":\"a2\"}";

        assertThat(new TokenRefresh(VK, "{}").complete(tokens)).isEqualTo(tokens);
        assertThat(new TokenRefresh(NAVER, STORED).complete(tokens)).isEqualTo(tokens);
        assertThat(new TokenRefresh(custom(), STORED).complete(tokens)).isEqualTo(tokens);
    }

    @Test
    void tokensAreStoredWhereTheStandardHasThemWhereverTheProviderPutsThem() {
        String refreshed = new TokenRefresh(INSTAGRAM, STORED).complete("{\"data\":[{\"access_token\":\"a2\"}]}");

        assertThat(refreshed).isEqualTo("{\"data\":[{\"access_token\":\"a2\"}],\"access_token\":\"a2\"}");
    }

    /** Without any setting, and so without codes. */
    private static Descriptor custom() {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setProviderId(CustomIdentityProvider.PROVIDER_ID);
        return new DescriptorSettings(model).descriptor();
    }

    private static Map<String, String> added(Descriptor rules, String stored) {
        Map<String, String> fields = new HashMap<>(Map.of("refresh_token", "r1"));
        new TokenRefresh(rules, stored).addTo(fields);
        return fields;
    }
}
