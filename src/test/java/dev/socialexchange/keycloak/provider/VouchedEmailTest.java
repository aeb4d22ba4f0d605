package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;

class VouchedEmailTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "google | default | {'email':'a@gmail.com','email_verified':true} | true",
                "google | default | {'email':'a@gmail.com','email_verified':'true'} | true",
                "google | default | {'email':'A@GMAIL.com','email_verified':true} | true",
                "google | default | {'email':'a@googlemail.com','email_verified':true} | true",
                "google | default | {'email':'a@gmail.com','email_verified':false} | false",
                "google | default | {'email':'a@gmail.com'} | false",
                "google | default | {'email':'a@example.org','email_verified':true} | false",
                "google | default | {'email':'a@example.org','email_verified':true,'hd':'example.org'} | true",
                "google | default | {'email':'a@example.org','email_verified':false,'hd':'example.org'} | false",
                "google | default | {'email':'a@gmail.com.evil.example','email_verified':true} | false",
                "google | default | {'email':'gmail.com@evil.example','email_verified':true} | false",
                "google | claim | {'email':'a@example.org','email_verified':true} | true",
                "google | never | {'email':'a@gmail.com','email_verified':true} | false",
                "yandex | default | {'login':'ada','default_email':'ada@yandex.ru'} | true",
                "yandex | default | {'login':'Ada','default_email':'ada@YANDEX.com.tr'} | true",
                "yandex | default | {'login':'ada','default_email':'eve@yandex.ru'} | false",
                "yandex | default | {'login':'ada','default_email':'ada@example.org'} | false",
                "yandex | default | {'login':'ada@example.org','default_email':'ada@example.org'} | false",
                "yandex | default | {'login':'ada','default_email':'ada@yandex.ru.evil.example'} | false",
                "yandex | default | {'login':'ada','default_email':'ada@evil@yandex.ru'} | false",
                "yandex | default | {'default_email':'ada@yandex.ru'} | false",
                "yandex | default | {'login':'','default_email':'@yandex.ru'} | false",
                "yandex | default | {'login':true,'default_email':'true@yandex.ru'} | false",
                "yandex | claim | {'login':'ada','default_email':'ada@yandex.ru'} | false",
                "yandex | never | {'login':'ada','default_email':'ada@yandex.ru'} | false",
                "facebook | default | {'email':'a@example.org','email_verified':true} | false",
                "facebook | claim | {'email':'a@example.org'} | false"
            })
    void vouchesByTheTrustRule(String type, String trust, String profile, boolean vouched) {
        JsonNode document = json(profile);

        VouchedEmail email = VouchedEmail.of(
                provider(type, trust),
                Evidence.Profile.of(document, Map.of()),
                document.path("email").asText(document.path("default_email").asText()));

        assertThat(email.vouched()).isEqualTo(vouched);
    }

    @Test
    void spacesAroundAnAddressAreAsTheBrowserLoginTakesThem() {
        Evidence evidence = Evidence.Profile.of(json("{'email':' a@gmail.com ','email_verified':true}"), Map.of());

        assertThat(VouchedEmail.of(provider("google", "claim"), evidence, "a@gmail.com"))
                .isEqualTo(new VouchedEmail("a@gmail.com", true));
        assertThat(VouchedEmail.of(provider("google", "claim"), evidence, " a@gmail.com "))
                .as("no address, and the user profile says so")
                .isEqualTo(new VouchedEmail(" a@gmail.com ", false));
        assertThat(VouchedEmail.of(provider("google", "claim"), evidence, "  "))
                .isEqualTo(new VouchedEmail(null, false));
    }

    @Test
    void flagOfOneAddressSaysNothingAboutAnother() { // CVE-2026-14781
        Evidence evidence = Evidence.Profile.of(json("{'email':'a@gmail.com','email_verified':true}"), Map.of());

        assertThat(VouchedEmail.of(provider("google", "claim"), evidence, "victim@gmail.com"))
                .isEqualTo(new VouchedEmail("victim@gmail.com", false));
        assertThat(VouchedEmail.of(provider("google", "claim"), evidence, "A@Gmail.com"))
                .isEqualTo(new VouchedEmail("A@Gmail.com", true));
    }

    @Test
    void mailboxOfTheAccountSaysNothingAboutAnAddressThatAMapperPutInItsPlace() {
        Evidence evidence = Evidence.Profile.of(json("{'login':'ada','default_email':'old@example.org'}"), Map.of());

        assertThat(VouchedEmail.of(provider("yandex", "default"), evidence, "ada@yandex.ru"))
                .isEqualTo(new VouchedEmail("ada@yandex.ru", false));
    }

    @ParameterizedTest
    @CsvSource({
        ", primary@example.org, true",
        "primary@example.org, primary@example.org, true",
        "second@example.org, second@example.org, false",
        "unlisted@example.org, unlisted@example.org, false"
    })
    void takesGitHubsFlagOfTheVeryAddress(String inProfile, String address, boolean vouched) {
        JsonNode emails = json("[{'email':'second@example.org','primary':false,'verified':false},"
                + "{'email':'primary@example.org','primary':true,'verified':true}]");
        Evidence evidence = Evidence.Profile.of(json("{}"), Map.of("emails", emails));

        assertThat(VouchedEmail.of(provider("github", "default"), evidence, inProfile))
                .isEqualTo(new VouchedEmail(address, vouched));
    }

    /** Keycloak's Bitbucket takes the first address; none of the others stands in for it. */
    @ParameterizedTest
    @CsvSource({
        "first@example.org, first@example.org, false",
        "own@example.org, own@example.org, true",
        "unconfirmed@example.org, unconfirmed@example.org, false",
        ",, false"
    })
    void vouchesForBitbucketsConfirmedPrimaryAddressOnly(String extracted, String address, boolean vouched) {
        JsonNode emails = json("{'values':[{'email':'first@example.org','is_primary':false,'is_confirmed':true},"
                + "{'email':'unconfirmed@example.org','is_primary':true,'is_confirmed':false},"
                + "{'email':'own@example.org','is_primary':true,'is_confirmed':true}]}");
        Evidence evidence = Evidence.Profile.of(json("{}"), Map.of("emails", emails));

        assertThat(VouchedEmail.of(provider("bitbucket", "default"), evidence, extracted))
                .isEqualTo(new VouchedEmail(address, vouched));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "{}", "1", "[1,null]", "[{'primary':true}]", "[{'primary':true,'verified':true}]"})
    void listWithoutUsableAddressVouchesForNothing(String emails) {
        Evidence evidence = Evidence.Profile.of(json("{}"), Map.of("emails", json(emails)));

        assertThat(VouchedEmail.of(provider("github", "default"), evidence, null))
                .isEqualTo(new VouchedEmail(null, false));
        assertThat(VouchedEmail.of(
                                provider("github", "default"),
                                Evidence.Profile.of(json("{}"), Map.of()),
                                "a@example.org")
                        .vouched())
                .isFalse();
    }

    @Test
    void nobodyVouchesForNoAddress() {
        for (String trust : new String[] {"claim", "never", "authoritative-domains"}) {
            for (String profile : new String[] {"{}", "{'email_verified':true}", "{'hd':'x','email_verified':true}"}) {
                Evidence evidence = Evidence.Profile.of(json(profile), Map.of());
                assertThat(VouchedEmail.of(provider("google", trust), evidence, null))
                        .isEqualTo(new VouchedEmail(null, false));
            }
        }
    }

    /** Ids that are another app's own keep its tokens out of accounts here; an address would let them in. */
    @ParameterizedTest
    @CsvSource({"true, true, false", "true, false, true", "false, true, true", "false, false, true"})
    void addressCountsForNothingWhereTokensOfAnyAppAreTakenAndOnlyTheIdKeepsThemOut(
            boolean pairwise, boolean unbound, boolean vouched) {
        Descriptor descriptor = DescriptorReader.read(
                        """
                        id: x
                        pairwise: %s
                        accessToken: {profile: {get: https://x.example/me, auth: bearer}}
                        identity: {id: /id, email: /email, emailVerified: /verified}
                        emailTrust: claim
                        """
                                .formatted(pairwise)
                                .getBytes(StandardCharsets.UTF_8),
                        "x.yaml")
                .descriptor();
        Evidence evidence = Evidence.Profile.of(json("{'id':1,'email':'a@example.org','verified':true}"), Map.of());

        VouchedEmail email = VouchedEmail.of(
                provider(descriptor, Map.of("exchangeUnbound", String.valueOf(unbound))), evidence, "a@example.org");

        assertThat(email).isEqualTo(new VouchedEmail("a@example.org", vouched));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(text, invalid);
        }
    }

    private static ExchangeIdentityProvider provider(String type, String trust) {
        return provider(DescriptorReader.resource(type), Map.of("exchangeEmailTrust", trust));
    }

    private static ExchangeIdentityProvider provider(Descriptor descriptor, Map<String, String> settings) {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.getConfig().putAll(settings);
        return new ExchangeIdentityProvider() {
            @Override
            public Descriptor descriptor() {
                return descriptor;
            }

            @Override
            public BrokeredIdentityContext extract(Evidence evidence) {
                throw new UnsupportedOperationException();
            }

            @Override
            public OAuth2IdentityProviderConfig getConfig() {
                return config;
            }
        };
    }
}
