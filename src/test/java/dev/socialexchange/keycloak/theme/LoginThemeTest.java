package dev.socialexchange.keycloak.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.type.Catalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginThemeTest {

    @Test
    void everyTypeHasAMark() {
        assertThat(Catalogue.descriptors()).extracting(Descriptor::id).allSatisfy(id -> assertThat(
                        LoginTheme.icons().containsKey(id))
                .as("kcLogoIdP-%s in theme.properties", id)
                .isNotEqualTo(LoginTheme.DRAWN_BY_KEYCLOAK.contains(id)));
    }

    @Test
    void everyMarkIsDrawnByTheStylesheet() {
        assertThat(LoginTheme.icons()).allSatisfy((id, classes) -> assertThat(classes)
                .isEqualTo("social-exchange-mark social-exchange-" + id));
        assertThat(LoginTheme.marks().keySet())
                .containsExactlyElementsOf(LoginTheme.icons().keySet());
    }

    @Test
    void marksAreToldApartByTheirInitials() {
        assertThat(LoginTheme.marks().values())
                .extracting(LoginTheme.Mark::initials)
                .doesNotHaveDuplicates()
                .allSatisfy(initials -> assertThat(initials).hasSizeBetween(1, 2));
    }

    @Test
    void initialsStandOutFromTheirGround() {
        Map<String, LoginTheme.Mark> marks = LoginTheme.marks();

        assertThat(marks)
                .allSatisfy((id, mark) ->
                        assertThat(mark.contrast()).as("contrast of %s", id).isGreaterThanOrEqualTo(4.5));
    }
}
