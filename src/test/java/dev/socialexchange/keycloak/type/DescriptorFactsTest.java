package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.DescriptorRules;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.social.paypal.PayPalIdentityProviderConfig;

/** What single descriptors say where a mistake costs logins or accounts, and no general test would see it. */
class DescriptorFactsTest {

    @Test
    void vkIsMetAtTheHostThatItHasMovedTo() {
        assertThat(DescriptorUrls.of(DescriptorReader.resource("vk")))
                .hasSize(4)
                .allSatisfy(url -> assertThat(url).startsWith("https://id.vk.ru/"));
    }

    @Test
    void naverProvesNoAccessTokenAndKnowsEveryPersonByAnIdOfThisApp() {
        Descriptor naver = DescriptorReader.resource("naver");

        assertThat(naver.provable()).containsExactly(TokenKind.AUTHORIZATION_CODE);
        assertThat(naver.vouching().pairwise()).isTrue();
        assertThat(naver.identity().profile().id().own())
                .isEqualTo(Pointers.of("/response/id")); // an id token's sub is another one
    }

    /** The file that the documentation offers, by the rules for files of somebody's own. */
    @Test
    void naversOpenIdConnectIsAFileThatAServerTakes() {
        Descriptor openId = DescriptorReader.read(
                        DocumentedDescriptor.naver().getBytes(StandardCharsets.UTF_8), DocumentedDescriptor.NAVER)
                .descriptor();

        assertThat(DescriptorRules.brokenIn(openId)).isEmpty();
        assertThat(openId.provable()).containsExactlyInAnyOrder(TokenKind.ID_TOKEN, TokenKind.AUTHORIZATION_CODE);
        assertThat(openId.identity().profile().id().own()).isEqualTo(Pointers.of("/sub"));
    }

    /** The word lets a milder text stand in the console, so it is for types of which the provider itself says it. */
    @Test
    void onlyProvidersThatSaySoCountAsGivingEveryAppAnotherId() {
        assertThat(Conformance.types().stream()
                        .filter(type -> type.vouching().pairwise())
                        .map(Descriptor::id))
                .containsExactly("facebook", "instagram", "kakao", "naver", "tiktok", "wechat");
        assertThat(TypeProperties.of(DescriptorReader.resource("naver")))
                .filteredOn(property -> property.getName().equals(ExchangeSettings.UNBOUND))
                .singleElement()
                .satisfies(property -> assertThat(property.getHelpText()).contains("pairwise"));
    }

    @Test
    void telegramTokenWithoutTheScopeProfileIsNobodysAndNoOutage() {
        ExchangeIdentityProvider telegram = ProviderTypes.all().get("telegram");
        JsonNode claims = JsonNodeFactory.instance.objectNode().put("sub", "1815184318521815184");

        assertThatThrownBy(() -> BrokeredIdentities.of(telegram, new Evidence.IdTokenClaims(claims)))
                .isInstanceOfSatisfying(ExchangeException.class, refused -> {
                    assertThat(refused.error()).isEqualTo(ExchangeError.TOKEN_INVALID);
                    assertThat(refused.detail()).isEqualTo("subject_missing");
                    assertThat(refused).hasMessageEndingWith("it needs the scope profile");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'access_token':'IGAA1','user_id':1}",
                "{'data':[{'access_token':'IGAA1','user_id':'1','permissions':'instagram_business_basic'}]}",
                "{'access_token':'IGAA1','data':[{'access_token':'another'}]}",
                "{'access_token':null,'data':[{'access_token':'IGAA1'}]}"
            })
    void instagramsTokenIsFoundInThePlainAnswerAndInTheListOfOne(String answer) throws JsonProcessingException {
        JsonNode tokens = new ObjectMapper().readTree(answer.replace('\'', '"'));

        assertThat(DescriptorReader.resource("instagram")
                        .oauth2()
                        .orElseThrow()
                        .dialect()
                        .standard(tokens)
                        .path("access_token")
                        .asText())
                .isEqualTo("IGAA1");
    }

    @ParameterizedTest
    @CsvSource({
        "false, , https://api.paypal.com/v1/oauth2/token",
        "true, , https://api.sandbox.paypal.com/v1/oauth2/token",
        "false, https://pay.example, https://pay.example/v1/oauth2/token"
    })
    void payPalRedeemsCodesWhereItsDiscoverySaysInABrowserLoginToo(boolean sandbox, String instead, String url) {
        PayPalIdentityProviderConfig config = new PayPalIdentityProviderConfig();
        config.setSandbox(sandbox);
        if (instead != null) {
            config.getConfig()
                    .put(
                            "exchangeEndpoints",
                            "[{\"key\":\"https://api.paypal.com\",\"value\":\"%s\"}]".formatted(instead));
        }

        PayPalExchangeIdentityProvider payPal = new PayPalExchangeIdentityProvider(null, config);

        assertThat(payPal.getConfig().getTokenUrl()).isEqualTo(url);
        assertThat(payPal.getConfig().isBasicAuthentication()).isTrue();
        assertThat(payPal.endpoints()
                        .rewrite(payPal.descriptor()
                                .oauth2()
                                .orElseThrow()
                                .tokenUrl()
                                .orElseThrow()))
                .isEqualTo(url);
        assertThat(payPal.descriptor()
                        .authorizationCode()
                        .orElseThrow()
                        .client()
                        .auth())
                .isEqualTo(CallTemplate.Auth.BASIC);
        assertThat(payPal.getConfig().getUserInfoUrl()).endsWith("/v1/oauth2/token/userinfo?schema=openid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'bot':{'owner':{'type':'user','user':{'id':'u1'}}}} | true",
                "{'bot':{'owner':{'user':{'id':'u1'}}}} | true",
                "{'id':'b1','type':'bot','bot':{'owner':{'type':'workspace','workspace':true}}} | false",
                "{'id':'b1','type':'bot','bot':{}} | false",
                "{'bot':{'owner':{'type':'user','user':{'id':' '}}}} | false",
                "{'bot':{'owner':{'type':'user','user':{'id':null}}}} | false",
                "{'bot':{'owner':{'type':'user','user':'u1'}}} | false"
            })
    void notionsAnswerIsAPersonsIfItNamesOneWhateverItSaysOfTypes(String answer, boolean accepted)
            throws JsonProcessingException {
        CallTemplate profile = DescriptorReader.resource("notion")
                .accessToken()
                .orElseThrow()
                .profile()
                .orElseThrow();

        assertThat(profile.accepts(new ObjectMapper().readTree(answer.replace('\'', '"'))))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vk | {'user':{'user_id':'1'}} | true",
                "vk | {'user':{'user_id':'1'},'error':null} | true",
                "vk | {'error':'invalid_token'} | false",
                "vk | {'error':false} | false",
                "wechat | {'openid':'o1','errcode':null} | true",
                "wechat | {'errcode':40001} | false"
            })
    void errorThatIsNullIsNone(String type, String answer, boolean accepted) throws JsonProcessingException {
        CallTemplate profile = DescriptorReader.resource(type)
                .accessToken()
                .orElseThrow()
                .profile()
                .orElseThrow();

        assertThat(profile.accepts(new ObjectMapper().readTree(answer.replace('\'', '"'))))
                .isEqualTo(accepted);
    }

    @Test
    void vkIsMetAtItsFormerHostWhereAnAdminSaysSo() {
        Endpoints endpoints = new Endpoints(Map.of("https://id.vk.ru", "https://id.vk.com"));

        assertThat(DescriptorUrls.of(DescriptorReader.resource("vk")).stream().map(endpoints::rewrite))
                .hasSize(4)
                .allSatisfy(url -> assertThat(url).startsWith("https://id.vk.com/"));
    }
}
