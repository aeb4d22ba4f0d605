package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** What an import leaves on whom it has made is read again as it was meant. */
class ImportMarkTest {
    private static final ExternalAccount GOOGLE = new ExternalAccount("google", "104200000000000000017");
    private static final ExternalAccount OTHER = new ExternalAccount("google", "104200000000000000018");

    private final Map<String, String> attributes = new HashMap<>();
    private final UserModel user = (UserModel) Proxy.newProxyInstance(
            ImportMarkTest.class.getClassLoader(), new Class<?>[] {UserModel.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("setSingleAttribute")) {
                    attributes.put((String) arguments[0], (String) arguments[1]);
                    return null;
                }
                assertThat(method.getName()).isEqualTo("getFirstAttribute");
                return attributes.get(arguments[0]);
            });

    @Test
    void whatWasBroughtIsKnownWhetherItIsLinkedOrNot() {
        ImportMark.begun("django", "may").with(GOOGLE).with(GOOGLE).write(user);

        ImportMark mark = ImportMark.of(user).orElseThrow();
        assertThat(mark.source()).isEqualTo("django");
        assertThat(mark.run()).isEqualTo(ImportMark.run("django", "may"));
        assertThat(mark.links()).hasSize(1);
        assertThat(mark.hasBrought(GOOGLE)).isTrue();
        assertThat(mark.hasBrought(OTHER)).isFalse();
        assertThat(attributes.values()).noneMatch(value -> value.contains(GOOGLE.id()));
    }

    @Test
    void whoHasBeenMadeWithoutAnAccountHasNone() {
        ImportMark.begun("django", "may").write(user);

        assertThat(ImportMark.of(user).orElseThrow().links()).isEmpty();
    }

    @Test
    void soManyAreRememberedAndNoMore() {
        ImportMark mark = ImportMark.begun("django", "may");
        for (int number = 0; number < 64; number++) {
            assertThat(mark.isFull()).isFalse();
            mark = mark.with(new ExternalAccount("provider-" + number, "1"));
        }

        assertThat(mark.isFull()).isTrue();
    }

    @Test
    void whoHasComeHasComeOnceAndOnlyIfAnImportHasMadeThem() {
        assertThat(ImportMark.come(user)).isFalse();
        assertThat(attributes).isEmpty();

        ImportMark.begun("django", "may").write(user);
        assertThat(ImportMark.hasCome(user)).isFalse();
        assertThat(ImportMark.come(user)).isTrue();
        assertThat(ImportMark.hasCome(user)).isTrue();
        assertThat(ImportMark.come(user)).isFalse();
    }
}
