package dev.socialexchange.keycloak.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
    private static final AllowList ADDRESSES =
            AllowList.of(Map.of(AllowList.ADDRESSES, "ada@example.org##Example.COM## @bücher.example "));

    @ParameterizedTest
    @ValueSource(
            strings = {"ada@example.org", "Ada@Example.Org", "anybody@example.com", "anybody@xn--bcher-kva.example"})
    void letsInWhoseAddressOrDomainIsListed(String address) {
        assertThat(refusal(ADDRESSES, address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eve@example.org",
                "ada@sub.example.org",
                "eve@sub.example.com",
                "eve@evil-example.com",
                "eve@notexample.com",
                "eve@example.com.evil.example",
                "eve@evil.example?example.com",
                "example.com@evil.example",
                "eve@evil.example@example.com",
                "\"eve@evil.example\"@example.com",
                "ada@example.orgx",
                "eve@example.com.",
                "eve@ex\u0430mple.com",
                "eve@\uff45xample.com",
            })
    void knowsNoSuffixesAndNoLookAlikes(String address) {
        assertThat(refusal(ADDRESSES, address)).contains("email_not_listed");
    }

    @Test
    void failsClosedWithoutAnAddressThatCounts() {
        assertThat(ADDRESSES.refusal(Optional.empty(), Set.of("example.com"), place -> Set.of("x")))
                .contains("email_missing_or_unverified");
    }

    @Test
    void nobodyIsOnAListThatIsEmpty() {
        AllowList empty = AllowList.of(Map.of(AllowList.ADDRESSES, " ## ", AllowList.CLAIM_VALUES, "x"));

        assertThat(refusal(empty, "ada@example.org")).contains("list_empty");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, ",
        "EXAMPLE.org, ",
        "evil.example.org, hosted_domain_not_listed",
        "evil, hosted_domain_not_listed"
    })
    void comparesHostedDomainsExactly(String organization, String expected) {
        AllowList list = AllowList.of(Map.of(AllowList.HOSTED_DOMAINS, "example.org"));

        assertThat(list.refusal(Optional.empty(), Set.of(organization), place -> Set.of()))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void failsClosedWithoutAnOrganization() {
        AllowList list = AllowList.of(Map.of(AllowList.HOSTED_DOMAINS, "example.org"));

        assertThat(refusal(list, "ada@example.org")).contains("hosted_domain_missing");
    }

    @ParameterizedTest
    @CsvSource({"staff, ", "staff2, claim_not_listed", ", claim_missing"})
    void requiresAnyOfTheClaimsValues(String value, String expected) {
        AllowList list = AllowList.of(
                Map.of(AllowList.CLAIM, "https://example.org/group", AllowList.CLAIM_VALUES, "boss##staff"));
        JsonPointer place = JsonPointer.empty().appendProperty("https://example.org/group");
        Set<String> values = value == null ? Set.of() : Set.of(value);

        assertThat(list.refusal(Optional.empty(), Set.of(), asked -> asked.equals(place) ? values : Set.of("boss")))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void everyConditionMustHold() {
        AllowList both = AllowList.of(Map.of(AllowList.ADDRESSES, "example.org", AllowList.CLAIM, "/member"));

        assertThat(both.refusal(Optional.of("ada@example.org"), Set.of(), place -> Set.of("true")))
                .isEmpty();
        assertThat(refusal(both, "ada@example.org")).contains("claim_missing");
        assertThat(both.refusal(Optional.of("eve@evil.example"), Set.of(), place -> Set.of("true")))
                .contains("email_not_listed");
    }

    private static Optional<String> refusal(AllowList list, String address) {
        return list.refusal(Optional.of(address), Set.of(), place -> Set.of());
    }
}
