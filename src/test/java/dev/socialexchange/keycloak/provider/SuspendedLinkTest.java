package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.loopback.RealTypes;
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

/** A mail opens a suspended link only where the mailbox proves more than the account does. */
class SuspendedLinkTest {
    private final Map<String, String> attributes = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "google, zoe@gmail.com, false",
        "google, zoe@example.org, true",
        "apple, abc@privaterelay.appleid.com, false",
        "apple, abc@private.icloud.com, false",
        "apple, ABC@PrivateRelay.AppleID.com, false",
        "apple, zoe@example.org, true"
    })
    void mailboxThatTheAccountCommandsIsNotOffered(String type, String address, boolean offered) {
        assertThat(link(type, address).mailbox()).isEqualTo(offered);
    }

    /** Of an address that was forwarded once, whichever provider is meant now. */
    @Test
    void mailboxThatNothingArrivesAtIsNotOffered() {
        String address = "abc@privaterelay.appleid.com";
        assertThat(link("google", address).mailbox()).isTrue();

        StoppedMail.of(user(address), Set.of("privaterelay.appleid.com"))
                .orElseThrow()
                .stoppedAt(10)
                .write(user(address));

        assertThat(link("google", address).mailbox()).isFalse();
    }

    private SuspendedLink link(String type, String address) {
        ExchangeIdentityProvider provider = DescribedProviders.of(type);
        BrokeredIdentityContext identity = new BrokeredIdentityContext(provider.getConfig());
        identity.setIdp((UserAuthenticationIdentityProvider<?>) provider);
        RealmModel realm =
                RealTypes.fake(RealmModel.class, Map.of("getSmtpConfig", arguments -> Map.of("host", "mail")));
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        KeycloakSession session = RealTypes.fake(KeycloakSession.class, Map.of("getContext", arguments -> context));
        return SuspendedLink.of(session, user(address), new ExternalAccount(type, "1"), identity);
    }

    private UserModel user(String address) {
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
