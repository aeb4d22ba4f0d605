package dev.socialexchange.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.OAuth2Constants;

/** {@code docs/openapi.yaml} knows the parameters that the code reads, with the same lengths and values, and no others. */
class DescribedRequestTest {
    private static final JsonNode SCHEMAS = schemas();

    /** What is looked at later than the form, with what {@code CodeParametersTest} and others say of it. */
    private static final Set<String> LATER =
            Set.of("subject_token", "access_token", "code", "device_id", "state", "user");

    private static final Map<String, String> CODE = Map.of(
            "grant_type", OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE,
            "subject_issuer", "google",
            "subject_token", "code",
            "subject_token_type", SubmissionParameters.type(TokenKind.AUTHORIZATION_CODE),
            "interaction_redirect_uri", "https://app.example/",
            "interaction_code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    static List<String> bounded() {
        return properties("ExchangeRequest").stream()
                .filter(name -> property(name).has("maxLength") && !LATER.contains(name))
                .toList();
    }

    @Test
    void exchangeHasTheParametersThatTheCodeReads() throws IOException {
        Set<String> known = new TreeSet<>(ExchangeRequest.REQUEST_PARAMETERS);
        known.addAll(ExchangeRequest.PARAMETERS);
        known.add("subject_token");
        known.addAll(ofProviders());

        assertThat(properties("ExchangeRequest")).isEqualTo(known);
    }

    @Test
    void linkingHasTheParametersOfASubmission() throws IOException {
        Set<String> known = new TreeSet<>(SubmissionParameters.ALL);
        known.add("subject_token");
        known.addAll(ofProviders());

        assertThat(properties("SubjectToken")).isEqualTo(known);
        assertThat(properties("SubjectToken"))
                .allSatisfy(name -> assertThat(SCHEMAS.at("/SubjectToken/properties/" + name))
                        .as("the same at both doors: %s", name)
                        .isEqualTo(property(name)));
    }

    @Test
    void kindsOfTokensAreThoseOfTheCode() {
        Set<String> known = new TreeSet<>(Set.of(OAuth2Constants.JWT_TOKEN_TYPE));
        Arrays.stream(TokenKind.values()).map(SubmissionParameters::type).forEach(known::add);

        assertThat(values(SCHEMAS.at("/SubjectTokenType/enum"))).isEqualTo(known);
    }

    @Test
    void everyRequestedTypeIsTakenAndIsOneOfTheCodes() {
        Set<String> described = values(property("requested_token_type").path("enum"));

        assertThat(described).hasSize(RequestedToken.values().length - 1); // one is that nothing is asked for
        assertThat(described)
                .allSatisfy(type -> assertThat(RequestedToken.of(type)).isNotEqualTo(RequestedToken.SESSION));
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void takesTheLongestValueAndNoneThatIsLonger(String name) {
        int longest = property(name).path("maxLength").asInt();
        String value = name.equals("interaction_redirect_uri") ? CODE.get(name) : "";

        assertThat(refusal(name, value + "a".repeat(longest - value.length()))).isNull();
        assertThat(refusal(name, value + "a".repeat(longest + 1 - value.length())))
                .isEqualTo(ExchangeError.PARAMETER_INVALID);
    }

    @Test
    void requiresWhatIsRequired() {
        for (String name : values(SCHEMAS.at("/ExchangeRequest/required"))) {
            if (!name.equals("grant_type")) { // by which Keycloak has chosen us
                assertThat(refusal(name, null)).as(name).isEqualTo(ExchangeError.PARAMETER_MISSING);
            }
        }
    }

    private static ExchangeError refusal(String name, String value) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        CODE.forEach(form::putSingle);
        form.remove(name);
        if (value != null) {
            form.putSingle(name, value);
        }
        ExchangeException refused = catchThrowableOfType(
                ExchangeException.class, () -> ExchangeRequest.parse(form, form.keySet(), List.of()));
        return refused == null ? null : refused.error();
    }

    /** What providers' codes go with. */
    private static Set<String> ofProviders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/social-providers"))) {
            Set<String> companions = new TreeSet<>();
            files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .map(DescriptorReader::resource)
                    .flatMap(descriptor -> descriptor.authorizationCode().stream())
                    .forEach(code -> companions.addAll(code.companions().parameters()));
            return companions;
        }
    }

    private static Set<String> properties(String schema) {
        Set<String> names = new TreeSet<>();
        SCHEMAS.path(schema).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode property(String name) {
        return SCHEMAS.at("/ExchangeRequest/properties/" + name);
    }

    private static Set<String> values(JsonNode array) {
        Set<String> values = new TreeSet<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static JsonNode schemas() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("docs/openapi.yaml").toFile())
                    .at("/components/schemas");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
