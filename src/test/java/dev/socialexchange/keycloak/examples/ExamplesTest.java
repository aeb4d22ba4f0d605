package dev.socialexchange.keycloak.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import dev.socialexchange.keycloak.provider.SettingsValidation;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.RealmRepresentation;
import org.opentest4j.TestAbortedException;

/** What can be told of the examples without running them. */
class ExamplesTest {
    /** Programs with files of their own beside the set-ups. */
    private static final String SERVERS = "resource-server-";

    /** A folder with the definitions of a release of the Operator, which are in no registry of packages. */
    private static final String DEFINITIONS = System.getProperty("operator.crds");

    /** Beside the settings of the extension, and client id and secret. */
    private static final Set<String> KEYCLOAKS = Set.of("syncMode");

    static Stream<Example> all() {
        return Stream.of(Example.ofConfigCli(), Example.ofKcadm(), Example.ofOperator(), Example.ofTerraform());
    }

    @ParameterizedTest
    @MethodSource("all")
    void settingsExistAndTheirValuesAreAllowed(Example example) {
        Set<String> known = new HashSet<>(KEYCLOAKS);
        SettingsProperties.all().stream().map(ProviderConfigProperty::getName).forEach(known::add);

        assertThat(example.providers()).hasSize(2).allSatisfy((type, settings) -> {
            assertThat(DescriptorReader.resource(type).id()).isEqualTo(type);
            assertThat(settings).containsKey("exchangeClients");
            assertThat(known).containsAll(settings.keySet());
            assertThatCode(() -> SettingsValidation.validate(model(type, settings), realm()))
                    .doesNotThrowAnyException();
        });
    }

    /** So that what runs in one of them holds for the one that cannot be run here. */
    @Test
    void allOfThemSayTheSame() {
        assertThat(all().map(Example::providers).distinct()).hasSize(1);
        assertThat(all().map(Example::steps))
                .allSatisfy(steps -> assertThat(Example.ofConfigCli().steps())
                        .containsAll(steps)
                        .contains("social-exchange-link-by-email"));
    }

    @Test
    void everyFileIsOnTheirPage() throws IOException {
        String page = Example.text("README.md");
        try (Stream<Path> files = Files.walk(Example.FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> Example.FOLDER.relativize(file).toString())
                            .filter(file -> !file.equals("README.md") && !file.startsWith(SERVERS)))
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(page).contains("](" + file + ")"));
        }
        try (Stream<Path> folders = Files.list(Example.FOLDER)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()).filter(name -> name.startsWith(SERVERS)))
                    .hasSize(2)
                    .allSatisfy(folder -> assertThat(page).contains("](" + folder + "/"));
        }
    }

    /** Keycloak's own classes, by which its Operator reads it as well. */
    @Test
    void realmsHaveNothingThatKeycloakDoesNotKnow() {
        ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

        assertThatCode(() -> {
                    strict.treeToValue(Example.yaml("config-cli/shop.yaml"), RealmRepresentation.class);
                    strict.treeToValue(
                            Example.yaml("operator/shop.yaml").path("spec").path("realm"), RealmRepresentation.class);
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"operator/keycloak.yaml, keycloaks", "operator/shop.yaml, keycloakrealmimports"})
    void fitsTheOperatorsOwnSchema(String file, String kind) throws IOException {
        JsonNode resource = Example.yaml(file);
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(closed(schema(kind, resource.path("apiVersion").asText())));

        assertThat(schema.validate(resource)).isEmpty();
        ((ObjectNode) resource.path("spec")).put("instanzes", 2);
        assertThat(schema.validate(resource))
                .as("or nothing would ever be refused")
                .hasSize(1);
    }

    /** A cluster leaves out what it does not know, where somebody who has mistyped something would like to be told. */
    private static JsonNode closed(JsonNode schema) {
        if (schema.path("properties").isObject()
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(ExamplesTest::closed);
        return schema;
    }

    /** Of the version of the resource that the example names. */
    private static JsonNode schema(String kind, String apiVersion) throws IOException {
        if (DEFINITIONS == null) {
            throw new TestAbortedException("the Operator's schemas are not there: -Doperator.crds=FOLDER");
        }
        JsonNode definition =
                new YAMLMapper().readTree(Files.readString(Path.of(DEFINITIONS, kind + ".k8s.keycloak.org-v1.yml")));
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (apiVersion.endsWith("/" + version.path("name").asText())) {
                return version.path("schema")
                        .path("openAPIV3Schema")
                        .path("properties")
                        .path("spec");
            }
        }
        throw new AssertionError("the Operator knows no " + apiVersion);
    }

    private static IdentityProviderModel model(String type, Map<String, String> settings) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(type);
        model.setProviderId(type);
        model.getConfig().putAll(settings);
        return model;
    }

    /** With the client that the examples make. */
    private static RealmModel realm() {
        return proxy(
                RealmModel.class,
                Map.of("getSslRequired", SslRequired.ALL, "getClientByClientId", proxy(ClientModel.class, Map.of())));
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("getClientByClientId")
                            && !List.of("shop-spa").contains(arguments[0])) {
                        return null;
                    }
                    return Optional.ofNullable(answers.get(method.getName()))
                            .orElseThrow(() -> new UnsupportedOperationException(method.getName()));
                }));
    }
}
