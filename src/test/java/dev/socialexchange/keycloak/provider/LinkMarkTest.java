package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** Marks of signals, whichever order they come in. */
class LinkMarkTest {
    private static final ExternalAccount ACCOUNT = new ExternalAccount("google", "4711");
    private static final LinkMark NONE = LinkMark.of(user(new ArrayList<>()), ACCOUNT);

    /** Somebody with this attribute, which can be written. */
    private static UserModel user(List<String> values) {
        return (UserModel) Proxy.newProxyInstance(
                LinkMarkTest.class.getClassLoader(), new Class<?>[] {UserModel.class}, (proxy, method, arguments) -> {
                    assertThat(arguments[0]).isEqualTo(LinkMark.ATTRIBUTE);
                    if (method.getName().equals("getAttributeStream")) {
                        return List.copyOf(values).stream();
                    }
                    assertThat(method.getName()).isEqualTo("setAttribute");
                    values.clear();
                    ((List<?>) arguments[1]).forEach(value -> values.add(value.toString()));
                    return null;
                });
    }

    @Test
    void enabledAccountStaysSoWhenAnOlderWordComesLate() {
        assertThat(NONE.resumedAt(20).suspendedAt(10).isSuspended()).isFalse();
        assertThat(NONE.suspendedAt(10).resumedAt(20).isSuspended()).isFalse();
        assertThat(NONE.resumedAt(20).suspendedAt(30).isSuspended()).isTrue();
        assertThat(NONE.suspendedAt(30).resumedAt(20).isSuspended()).isTrue();
    }

    /** Of the same second nobody knows which was later. */
    @Test
    void suspensionOfTheSameSecondStays() {
        assertThat(NONE.suspendedAt(10).resumedAt(10).isSuspended()).isTrue();
        assertThat(NONE.resumedAt(10).suspendedAt(10).isSuspended()).isTrue();
    }

    @Test
    void whatWasIssuedUpToTheSignalCountsNoMore() {
        LinkMark mark = NONE.revokedAt(10).revokedAt(5);

        assertThat(mark.precedes(9)).isTrue();
        assertThat(mark.precedes(10)).isTrue();
        assertThat(mark.precedes(11)).isFalse();
        assertThat(NONE.precedes(1)).isFalse();
    }

    /** Of a token without a time nobody knows that it is younger than what was revoked; but nothing was. */
    @Test
    void whatDoesNotSayWhenItWasIssuedCountsUntilAnythingIsRevoked() {
        assertThat(NONE.precedes(0)).isFalse();
        assertThat(NONE.suspendedAt(10).resumedAt(20).precedes(0)).isFalse();
        assertThat(NONE.revokedAt(10).precedes(0)).isTrue();
    }

    @Test
    void markIsOfOneAccountOfOneProvider() {
        UserModel user = user(new ArrayList<>());
        NONE.suspendedAt(10).write(user);

        assertThat(LinkMark.refusal(user, ACCOUNT, Long.MAX_VALUE)).hasValueSatisfying(refused -> {
            assertThat(refused.error()).isEqualTo(ExchangeError.LINK_SUSPENDED);
            assertThat(refused.browserHelps()).isFalse();
        });
        assertThat(LinkMark.refusal(user, new ExternalAccount("google", "4712"), Long.MAX_VALUE))
                .isEmpty();
        assertThat(LinkMark.refusal(user, new ExternalAccount("other", "4711"), Long.MAX_VALUE))
                .isEmpty();
        assertThat(LinkMark.isSuspended(user, "google")).isTrue();
        assertThat(LinkMark.isSuspended(user, "other")).isFalse();
    }

    @Test
    void thereIsOneMarkForEachProvider() {
        List<String> values = new ArrayList<>();
        UserModel user = user(values);
        NONE.suspendedAt(10).write(user);
        LinkMark.of(user, new ExternalAccount("apple", "1")).revokedAt(5).write(user);
        LinkMark.of(user, ACCOUNT).resumedAt(20).write(user);

        assertThat(values).hasSize(2).noneMatch(value -> value.contains("4711"));
        assertThat(LinkMark.of(user, ACCOUNT)).isEqualTo(NONE.suspendedAt(10).resumedAt(20));
    }

    @Test
    void anotherAccountOfTheProviderHasAMarkOfItsOwn() {
        UserModel user = user(new ArrayList<>());
        NONE.suspendedAt(10).write(user);

        LinkMark.of(user, new ExternalAccount("google", "4712")).revokedAt(20).write(user);

        assertThat(LinkMark.of(user, ACCOUNT).isSuspended()).isTrue();
        assertThat(LinkMark.isSuspended(user, "google")).isTrue();
    }

    @Test
    void ofTwoThatWereWrittenAtOnceNothingIsLost() {
        List<String> values = new ArrayList<>();
        NONE.revokedAt(10).write(user(values));
        List<String> suspended = new ArrayList<>();
        NONE.suspendedAt(10).write(user(suspended));
        values.addAll(suspended);
        UserModel user = user(values);

        assertThat(LinkMark.of(user, ACCOUNT).isSuspended()).isTrue();
        assertThat(LinkMark.of(user, ACCOUNT).precedes(10)).isTrue();
        assertThat(LinkMark.isSuspended(user, "google")).isTrue();
    }

    @Test
    void whatCannotBeReadIsNoMark() {
        UserModel user = user(new ArrayList<>(List.of("", "[]", "{", "{\"alias\":\"google\"}")));

        assertThat(LinkMark.refusal(user, ACCOUNT, Long.MAX_VALUE)).isEmpty();
    }
}
