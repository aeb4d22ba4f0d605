package dev.socialexchange.keycloak.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** What an address is worth after a provider has said that somebody else may have the account. */
class AddressInDoubtTest {
    private static final ExternalAccount GOOGLE = new ExternalAccount("google", "4711");
    private static final int DAY = 24 * 60 * 60;

    private final List<String> marks = new ArrayList<>();
    private final UserModel user = fake(UserModel.class, (method, arguments) -> {
        if (method.equals("getAttributeStream")) {
            return List.copyOf(marks).stream();
        }
        marks.clear();
        ((List<?>) arguments[1]).forEach(value -> marks.add(value.toString()));
        return null;
    });

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                AddressInDoubtTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    private boolean isInDoubt(String alias, String... linked) {
        UserProvider users = fake(
                UserProvider.class,
                (method, arguments) -> Set.of(linked).contains((String) arguments[2])
                        ? new FederatedIdentityModel((String) arguments[2], "4711", "name")
                        : null);
        KeycloakSession session = fake(KeycloakSession.class, (method, arguments) -> users);
        return new AddressInDoubt(session, null, user).isFor(alias);
    }

    @Test
    void addressIsWorthAsMuchAsEverWhereNothingWasSaid() {
        assertThat(isInDoubt("google", "google")).isFalse();
    }

    @Test
    void addressProvesNothingAtAnyProviderWhileALinkIsSuspended() {
        LinkMark.of(user, GOOGLE).suspendedAt(ProvenAt.now() - 9 * DAY).write(user);

        assertThat(isInDoubt("google", "google")).isTrue();
        assertThat(isInDoubt("facebook", "google")).isTrue();
    }

    @Test
    void addressIsGoodAgainWhenTheLinkIsInOrder() {
        LinkMark.of(user, GOOGLE).suspendedAt(10).resumedAt(20).write(user);

        assertThat(isInDoubt("google", "google")).isFalse();
        assertThat(isInDoubt("facebook", "google")).isFalse();
    }

    /** The account was closed; its provider may give the address to somebody else, and another one knows nothing of that for long. */
    @Test
    void afterALinkIsRemovedTheAddressProvesNothingElsewhereForADay() {
        LinkMark.of(user, GOOGLE).suspendedAt(ProvenAt.now() - DAY + 60).write(user);
        assertThat(isInDoubt("facebook")).isTrue();
        assertThat(isInDoubt("google")).isTrue();

        marks.clear();
        LinkMark.of(user, GOOGLE).suspendedAt(ProvenAt.now() - DAY - 60).write(user);
        assertThat(isInDoubt("facebook")).isFalse();
        assertThat(isInDoubt("google")).isTrue();
    }
}
