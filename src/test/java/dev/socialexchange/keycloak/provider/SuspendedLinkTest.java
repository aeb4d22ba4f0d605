package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
