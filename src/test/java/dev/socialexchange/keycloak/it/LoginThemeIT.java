package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.it.support.LoginPage;
import dev.socialexchange.keycloak.theme.LoginTheme;
import dev.socialexchange.keycloak.type.Catalogue;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The theme comes with the jar, and its page has a button with a mark for every provider type. */
class LoginThemeIT {
    private static final List<String> TYPES =
            Catalogue.descriptors().stream().map(Descriptor::id).toList();

    private static LoginPage page;

    @BeforeAll
    static void openLoginPage() {
        page = LoginPage.ofEveryType(LoginTheme.NAME);
    }

    @Test
    void everyTypeHasItsMarkOrKeycloaksIcon() {
        assertThat(TYPES).isNotEmpty().allSatisfy(type -> {
            String button = page.button("of-" + type);
            if (LoginTheme.DRAWN_BY_KEYCLOAK.contains(type)) {
                assertThat(button).contains("<svg ").contains("aria-hidden=\"true\"");
            } else {
                assertThat(button)
                        .contains("<span class=\"social-exchange-mark social-exchange-" + type + "\">Name of " + type
                                + "</span>")
                        .doesNotContain("<svg");
            }
        });
    }

    @Test
    void everyButtonSaysItsProvidersName() {
        assertThat(TYPES).allSatisfy(type -> assertThat(page.button("of-" + type))
                .contains("aria-label=\"Name of " + type + "\""));
    }

    @Test
    void keycloaksIconsStay() {
        assertThat(page.button("google")).contains("<svg ").doesNotContain("social-exchange-mark");
    }

    @Test
    void stylesheetIsServedAfterKeycloaksOwn() {
        List<String> stylesheets = page.stylesheets();

        assertThat(stylesheets)
                .filteredOn(url -> url.contains("/login/social-exchange/css/"))
                .extracting(url -> url.substring(url.lastIndexOf('/')))
                .containsExactly("/styles.css", "/social-exchange.css");
        assertThat(page.load(stylesheets.get(stylesheets.size() - 1))).contains(".social-exchange-mark::before");
    }
}
