package dev.socialexchange.keycloak.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what somebody has named becomes an attribute, wherever its back end keeps it. */
class AttributeMappingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'app_metadata':{'plan':'gold'},'user_metadata':{'role':'admin'}}|/app_metadata/plan|{'plan':['gold']}",
                "{'customAttributes':'{\\'plan\\':[\\'a\\',7,null,{}]}'}|/customAttributes/plan|{'plan':['a','7']}",
                "{'Attributes':[{'Name':'sub','Value':'1'},{'Name':'custom:plan','Value':'gold'}]}|/Attributes/custom:plan|{'plan':['gold']}",
                "{'Attributes':[{'Name':'sub','Value':'1'}]}|/Attributes/custom:plan|",
                "{'plan':{'name':'gold'}}|/plan|",
                "{'plan':' '}|/plan|",
                "{'plan':true}|/plan|{'plan':['true']}",
                "{}|/a/b/c|"
            })
    void namesWhatStandsThere(String user, String place, String attributes) {
        PersonLine line = new PersonLine("1");

        new AttributeMapping(Map.of(place, "plan")).addTo(json(user.replace('\'', '"')), line);

        assertThat(line.json().path("attributes"))
                .isEqualTo(attributes == null ? json("{}").path("none") : json(attributes.replace('\'', '"')));
    }

    private static JsonNode json(String text) {
        return Json.lenient(text).orElseThrow();
    }
}
