package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.LoginPage;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.theme.LoginTheme;
import dev.socialexchange.keycloak.type.Catalogue;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see and hear of the theme, on the whole page with Keycloak's own styles. */
class LoginThemeBrowserIT {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 320;

    /** Marks with what they are painted like; a colour without alpha has three numbers. */
    private static final String MARKS =
            """
            [...document.querySelectorAll('.social-exchange-mark')].map(mark => {
                const style = getComputedStyle(mark, '::before');
                return {type: mark.closest('a').id, content: style.content, width: parseFloat(style.width),
                    ground: style.backgroundColor.match(/[\\d.]+/g).map(Number)};
            })""";

    private static final String CUT_OFF =
            """
            [...document.querySelectorAll('#kc-social-providers a')]
                .filter(button => button.scrollWidth > button.clientWidth).length""";

    private static LoginPage page;
    private static Tab browser;

    @BeforeAll
    static void start() {
        page = LoginPage.ofEveryType(LoginTheme.NAME);
        browser = Chromium.newBrowser();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyMarkIsPaintedInLightAndInDark(boolean dark) {
        browser.isWide(DESKTOP).prefers(dark ? "dark" : "light").open(page.url().toString());

        JsonNode marks =
                browser.photographs(dark ? "login-marks-dark" : "login-marks").json(MARKS);

        assertThat(browser.json("document.documentElement.classList.contains('pf-v5-theme-dark')")
                        .asBoolean())
                .isEqualTo(dark);
        assertThat(marks).hasSizeGreaterThan(1).allSatisfy(mark -> {
            assertThat(mark.path("content").asText()).matches("\"\\w{1,2}\" / \"\"");
            assertThat(mark.path("width").asDouble()).isEqualTo(24);
            assertThat(mark.path("ground")).as("an opaque colour").hasSize(3);
        });
    }

    @Test
    void screenReadersHearTheNamesAlone() {
        browser.isWide(DESKTOP).prefers("light").open(page.url().toString());

        assertThat(browser.linkNames())
                .containsAll(Catalogue.descriptors().stream()
                        .map(Descriptor::id)
                        .map("Name of "::concat)
                        .toList());
    }

    @Test
    void fitsOnANarrowPhone() {
        browser.isWide(PHONE).prefers("light").open(page.url().toString());

        assertThat(browser.json("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(PHONE);
        assertThat(browser.json(CUT_OFF).asInt())
                .as("buttons whose name is cut off")
                .isZero();
    }

    @Test
    void keyboardFocusIsSeen() {
        List<String> ids = Catalogue.descriptors().stream().map(Descriptor::id).toList();
        browser.isWide(DESKTOP).prefers("light").open(page.url().toString());
        browser.json("document.getElementById('social-of-%s').focus()".formatted(ids.get(0)));

        browser.pressesTab();

        assertThat(browser.json("document.activeElement.id").asText())
                .startsWith("social-")
                .isNotEqualTo("social-of-" + ids.get(0));
        assertThat(browser.json("getComputedStyle(document.activeElement).outline")
                        .asText())
                .contains("solid 2px");
    }
}
