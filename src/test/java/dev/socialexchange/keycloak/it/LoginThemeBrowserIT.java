package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.LoginPage;
import dev.socialexchange.keycloak.provider.Catalogue;
import dev.socialexchange.keycloak.provider.Descriptor;
import dev.socialexchange.keycloak.theme.LoginTheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see and hear of the theme, on the whole page with Keycloak's own styles. */
@EnabledIf("dev.socialexchange.keycloak.it.support.Chromium#installed")
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
    private static Chromium browser;

    @BeforeAll
    static void start() {
        page = LoginPage.ofEveryType(LoginTheme.NAME);
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyMarkIsPaintedInLightAndInDark(boolean dark) {
        browser.open(page.url(), DESKTOP, dark);

        JsonNode marks = browser.evaluate(MARKS);

        assertThat(browser.evaluate("document.documentElement.classList.contains('pf-v5-theme-dark')")
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
        browser.open(page.url(), DESKTOP, false);

        assertThat(browser.linkNames())
                .containsAll(Catalogue.descriptors().stream()
                        .map(Descriptor::id)
                        .map("Name of "::concat)
                        .toList());
    }

    @Test
    void fitsOnANarrowPhone() {
        browser.open(page.url(), PHONE, false);

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(PHONE);
        assertThat(browser.evaluate(CUT_OFF).asInt())
                .as("buttons whose name is cut off")
                .isZero();
    }

    @Test
    void keyboardFocusIsSeen() {
        List<String> ids = Catalogue.descriptors().stream().map(Descriptor::id).toList();
        browser.open(page.url(), DESKTOP, false);
        browser.evaluate("document.getElementById('social-of-%s').focus()".formatted(ids.get(0)));

        browser.pressTab();

        assertThat(browser.evaluate("document.activeElement.id").asText())
                .startsWith("social-")
                .isNotEqualTo("social-of-" + ids.get(0));
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outline")
                        .asText())
                .contains("solid 2px");
    }
}
