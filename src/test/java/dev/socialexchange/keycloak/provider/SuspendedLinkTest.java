package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who gets back in by mail: only somebody whose mail whoever has their account does not read. */
class SuspendedLinkTest {

    @ParameterizedTest
    @CsvSource({
        "google, ada@gmail.com, '', true",
        "google, ada@GoogleMail.com, '', true",
        "google, ada@example.org, '', false",
        "google, ada@example.org, example.org, true",
        "facebook, ada@example.org, '', false",
        "github, ada@example.org, '', false",
        "discord, ada@example.org, '', false",
        "apple, ada@icloud.com, '', true",
        "apple, ada@example.org, '', true", // which may be a domain whose mail iCloud delivers
        "kakao, ada@kakao.com, '', true",
        "kakao, ada@example.org, '', true",
        "naver, ada@example.org, '', true",
        "zoom, ada@example.org, '', true",
        "slack, ada@example.org, '', true"
    })
    void providerMayDeliverThePersonsMail(String type, String address, String hosted, boolean may) {
        OfflineProvider provider = OfflineProvider.ofType(type, Map.of());
        Set<String> domains = hosted.isEmpty() ? Set.of() : Set.of(hosted);

        assertThat(SuspendedLink.deliversMail(provider, address, domains)).isEqualTo(may);
    }

    /** Of a type that says nothing of it; what a type says of its own domains stays. */
    @Test
    void administratorSaysThatAProviderDeliversNobodysMail() {
        Map<String, String> said = Map.of("exchangeSignalsMailElsewhere", "true");

        assertThat(SuspendedLink.deliversMail(OfflineProvider.ofType("kakao", said), "ada@example.org", Set.of()))
                .isFalse();
        assertThat(SuspendedLink.deliversMail(OfflineProvider.ofType("google", said), "ada@gmail.com", Set.of()))
                .isTrue();
    }

    /** Whoever has an Apple account says where its relay sends mail. */
    @ParameterizedTest
    @CsvSource({
        "abc@privaterelay.appleid.com, true",
        "abc@private.icloud.com, true",
        "ABC@PrivateRelay.AppleID.com, true",
        "zoe@example.org, false"
    })
    void mailboxThatTheAccountCommandsProvesNothingMore(String address, boolean may) {
        Map<String, String> said = Map.of("exchangeSignalsMailElsewhere", "true");

        assertThat(SuspendedLink.deliversMail(OfflineProvider.ofType("apple", said), address, Set.of()))
                .isEqualTo(may);
    }

    /** Of an address that was forwarded once, whichever provider is meant now. */
    @Test
    void mailboxThatNothingArrivesAtIsNotOffered() {
        UserModel user = user("abc@privaterelay.appleid.com");
        assertThat(link(user).mailbox()).isTrue();

        StoppedMail.of(user, Set.of("privaterelay.appleid.com"))
                .orElseThrow()
                .stoppedAt(10)
                .write(user);

        assertThat(link(user).mailbox()).isFalse();
    }

    private static SuspendedLink link(UserModel user) {
        ExchangeIdentityProvider provider = DescribedProviders.of("google");
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider.getConfig());
        identity.setIdp((UserAuthenticationIdentityProvider<?>) provider);
        RealmModel realm =
                RealTypes.fake(RealmModel.class, Map.of("getSmtpConfig", arguments -> Map.of("host", "mail")));
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        KeycloakSession session = RealTypes.fake(KeycloakSession.class, Map.of("getContext", arguments -> context));
        return SuspendedLink.of(session, user, new ExternalAccount("google", "1"), identity);
    }

    private static UserModel user(String address) {
        Map<String, String> attributes = new HashMap<>();
        return RealTypes.fake(
                UserModel.class,
                Map.of(
                        "getEmail", arguments -> address,
                        "isEmailVerified", arguments -> true,
                        "getAttributeStream", arguments -> Stream.ofNullable(attributes.get((String) arguments[0])),
                        "setSingleAttribute",
                                arguments -> attributes.put((String) arguments[0], (String) arguments[1])));
    }
}
