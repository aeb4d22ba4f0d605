package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An id of another look would never be found again. */
class IdShapesTest {

    @ParameterizedTest
    @CsvSource({
        "google, 104200000000000000017",
        "github, 583231",
        "facebook, 10158000000000001",
        "apple, 000340.3f6e0000000000000000000000000000.0331",
        "microsoft, 48d31887fad3f96b",
        "microsoft, 00000000-0000-4000-8000-00000000abcd",
        "slack, T012_U034",
        "dropbox, dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc",
        "bitbucket, 557058:c0b72ad0-1cb5-4018-9cdc-0cde8492c443",
        "bitbucket, 5b10a2844c20165700ede21g",
        "line, U4af4980629000000000000000000000f",
        "salesforce, https://login.salesforce.com/id/00D000000000062EA0/005000000000abcAAA",
        "oidc, any.thing-at_all"
    })
    void whatAProviderMayKnowPeopleByFits(String type, String id) {
        assertThat(IdShapes.fits(type, id)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "google, mira@example.org",
        "google, None",
        "github, mira",
        "facebook, mira.kern",
        "apple, mira@privaterelay.appleid.com",
        "microsoft, mira@acme.example",
        "slack, U034",
        "dropbox, 12345",
        "bitbucket, mira",
        "oidc, mira@example.org",
        "spotify, mira@example.org",
        "oidc, ' '"
    })
    void whatIsSomeOtherThingsDoesNot(String type, String id) {
        assertThat(IdShapes.fits(type, id)).isFalse();
    }
}
