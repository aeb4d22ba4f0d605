package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExtensionLog;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.EmailTrust;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorFolderTest {
    private static final Set<String> TYPES = Set.of("google", "discord", "saml");

    @TempDir
    private Path folder;

    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    @Test
    void readsTheExampleOfTheDocumentationAsPrinted() throws IOException {
        write("intranet", DocumentedDescriptor.yaml());

        Descriptor descriptor = own().named("intranet").orElseThrow();

        assertThat(descriptor.provable())
                .containsExactlyInAnyOrder(TokenKind.ACCESS_TOKEN, TokenKind.AUTHORIZATION_CODE);
        assertThat(descriptor.vouching().emailTrust()).isEqualTo(EmailTrust.CLAIM);
    }

    /** One line of the example is replaced. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: intranet | id: extranet | id: must be the file's name",
                "id: intranet | ID: intranet | id is missing",
                "  name: /data/display | mail: /data/mail | mail: unknown key; known here: accessToken",
                "  username: /data/login | '  user: /x' | identity.user: unknown key; known here: email",
                "  id: /data/id | '  id: data' | is not a JSON pointer",
                "  id: /data/id | '  id: \"\"' | is not a JSON pointer",
                "  id: /data/id | '  id: {a: b}' | identity.id: must be text",
                "  id: /data/id | '  id: []' | identity.id: is empty",
                "  id: /data/id | '  sub: /data/id' | identity: id is missing",
                "  name: /data/display | '  name: [/a, 1]' | is not a JSON pointer",
                "emailTrust: claim | emailTrust: always | \"always\" is not one of claim, never",
                "  emailVerified: /data/contact/confirmed | '  mailbox: /data/login' | needs identity.emailVerified",
                "emailTrust: claim | emailTrust: authoritative-domains | needs authoritativeDomains",
                "  username: /data/login | '  usernameDocument: names' | usernameDocument: is none of accessToken.further",
                "  scope: profile email | '  tokens: {token: /t}' | oauth2: tokens says where there are access_token",
                "  scope: profile email | '  tokens: {access_token: t}' | is not a JSON pointer",
                "emailTrust: claim | settings: [appId] | settings: not available here",
                "emailTrust: claim | temporary: later | temporary: must be a list",
                "emailTrust: claim | temporary: [{header: x}] | temporary.0: values is missing",
                "emailTrust: claim | temporary: [{header: x, values: [~]}] | temporary.0.values.0: is empty",
                "  emailVerified: /data/contact/confirmed | '  hostedDomain: /hd' | needs identity.emailVerified",
                "  authorizationUrl: https://id.intranet.example/authorize | '  scope: x' | Duplicate field 'scope'",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: http://id.intranet.example/token' | https",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: ftp://id.intranet.example/token' | https",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: //id.intranet.example/token' | https",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: https:///token' | with a host",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: https://u:p@a.example/' | without user",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl: https://a b.example/' | is not a URL",
                "  tokenUrl: https://id.intranet.example/token | '  tokenUrl:' | oauth2.tokenUrl: is empty",
                "    get: https://id.intranet.example/api/me | '    get: https://{token}.example/' | must not depend",
                "    get: https://id.intranet.example/api/me | '    get: https://a.example/{tenant}' | {tenant} is not",
                "    get: https://id.intranet.example/api/me | '    put: https://a.example/' | either get or post",
                "    auth: bearer | '    auth: none' | does not send the token",
                "emailTrust: claim | 'authoritativeDomains:' | authoritativeDomains: is empty",
                "emailTrust: claim | temporary: [{header: ~, values: [x]}] | temporary.0.header: is empty",
                "    auth: bearer | '    headers: {X-Version: }' | accessToken.profile.headers.X-Version: is empty",
                "    auth: bearer | '    auth: cookie' | is not one of bearer, basic",
                "    refused: [401] | '    refused: 401' | accessToken.profile.refused: must be a list",
                "    refused: [401] | '    refused: [soon]' | is not a number",
                "    refused: [401] | '    optional: perhaps' | is not true or false",
                "  pkce: optional | '  kept: [device_id]' | authorizationCode: kept names what is none of the parameters",
                "    clientId: /client_id | '    subject: /sub' | clientId is missing",
                "    clientId: /client_id | '    clientIdSetting: appId' | clientId is missing",
                "    introspection: true | '    clientIdSetting: appId' | clientIdSetting: not available",
                "      /active: \"true\" | '      active: \"true\"' | must start with '/'",
                "emailTrust: claim | 'idToken: {issuers: [a], jwksUrl: https://a.example, algorithms: [HS256]}' | symmetric signature",
                "emailTrust: claim | 'idToken: {issuers: [a], jwksUrl: https://a.example, algorithms: [none]}' | none is",
                "emailTrust: claim | 'idToken: {issuers: [a], algorithms: [RS256]}' | idToken.jwksUrl: is missing",
                "emailTrust: claim | 'idToken: {issuers: [], jwksUrl: https://a.example, algorithms: [RS256]}' | issuers",
                "emailTrust: claim | 'idToken: {jwksUrl: https://a.example, algorithms: [RS256]}' | issuers is missing",
                "emailTrust: claim | 'check: {call: {get: https://a.example}}' | check: a call needs what its answer says",
                "emailTrust: claim | 'check: {call: {get: https://a.example}, rightStatus: [404]}' | a call needs",
                "emailTrust: claim | 'check: {call: {get: http://a.example}, rightStatus: [404], wrongStatus: [401]}' | https",
                "emailTrust: claim | 'check: {discovery: http://a.example/d}' | must be an https URL",
                "emailTrust: claim | 'check: {right: {error: x}}' | must start with '/'",
                "emailTrust: claim | 'check: {differs: issuer}' | check.differs: must be a list",
                "emailTrust: claim | 'authoritativeDomains: &a [x.example]' | anchors and aliases",
                "emailTrust: claim | 'name2: *a' | anchors and aliases",
                "emailTrust: claim | 'temporary: [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]' | more than 16 levels",
                "emailTrust: claim | 'emailTrust: [' | line",
                "emailTrust: claim | '\"unclosed' | line",
                "emailTrust: claim | '--- {}' | more than one document"
            })
    void namesFileLineAndMistakeOnOneLine(String original, String mistaken, String message) throws IOException {
        List<String> lines = DocumentedDescriptor.yaml().lines().toList();
        String found = lines.stream()
                .filter(line -> line.strip().startsWith(original.strip()))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("not in the example: " + original));
        Path file = write("intranet", String.join("\n", lines).replace(found, mistaken));

        assertThatThrownBy(() -> DescriptorFolder.read(file, TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith(file + ", line ")
                .contains(message)
                .doesNotContain("\n", "dev.socialexchange", "com.fasterxml");
    }

    @ParameterizedTest
    @CsvSource({
        "'  username: /data/login', '  user: /x'",
        "emailTrust: claim, emailTrust: always",
        "emailTrust: claim, --- {}",
        "'  id: /data/id', '  id: data'",
        "'    refused: [401]', '    refused: 401'",
        "'    get: https://id.intranet.example/api/me', '    get: http://id.intranet.example/api/me'"
    })
    void namesTheVeryLine(String original, String mistaken) throws IOException {
        List<String> lines = DocumentedDescriptor.yaml().lines().toList();
        int line = lines.indexOf(original) + 1;
        assertThat(line).as(original).isPositive();
        Path file = write("intranet", String.join("\n", lines).replace(original, mistaken));

        assertThatThrownBy(() -> DescriptorFolder.read(file, TYPES))
                .hasMessageStartingWith(file + ", line " + line + ":");
    }

    /** Below a line of the example stands one more, which is the mistake. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emailTrust: claim | 'signedData: {format: telegram, secretSetting: x}' | signedData: not available here",
                "emailTrust: claim | 'baseUrl: https://a.example' | baseUrl: not available here",
                "emailTrust: claim | 'idToken: {issuers: [a], jwksUrl: https://a.example, algorithms: [RS256], verify: {post: https://a.example}}' | idToken.verify: not available here",
                "emailTrust: claim | 'idToken: {issuers: [a], jwksUrl: https://a.example, algorithms: [HS256], verify: {post: https://a.example}}' | idToken.verify: not available here",
                "scope: | '  refreshUrl: http://id.intranet.example/refresh' | oauth2.refreshUrl: must be an https URL",
                "scope: | '  refreshUrl: https://{token}.example/refresh' | oauth2.refreshUrl: the host must not depend",
                "scope: | '  refreshUrl: \"\"' | oauth2.refreshUrl: is missing"
            })
    void namesTheLineOfWhatAnOwnDescriptorCannotHave(String above, String mistake, String message) throws IOException {
        List<String> lines = DocumentedDescriptor.yaml().lines().toList();
        String found = lines.stream()
                .filter(line -> line.strip().startsWith(above))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in the example: " + above));
        int line = lines.indexOf(found) + 2;
        Path file = write("intranet", String.join("\n", lines).replace(found, found + "\n" + mistake));

        assertThatThrownBy(() -> DescriptorFolder.read(file, TYPES))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith(file + ", line " + line + ": ")
                .contains(message)
                .doesNotContain("\n");
    }

    @Test
    void refreshMayBeElsewhere() throws IOException {
        String url = "https://id.intranet.example/refresh";
        write(
                "intranet",
                DocumentedDescriptor.yaml().replaceFirst("(?m)^  scope:", "  refreshUrl: " + url + "\n  scope:"));

        assertThat(own().named("intranet").orElseThrow().oauth2().orElseThrow().refreshUrl())
                .contains(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "identity", "oauth2", "accessToken"})
    void saysWhatIsMissing(String key) throws IOException {
        String without = DocumentedDescriptor.yaml().replaceAll("(?m)^" + key + ":.*\\n(  .*\\n)*", "");
        Path file = write("intranet", without);

        assertThatThrownBy(() -> DescriptorFolder.read(file, TYPES))
                .hasMessageContaining(key)
                .hasMessageStartingWith(file + ", line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/token", "http://127.0.0.1/token", "http://[::1]:1/token"})
    void plainHttpIsForThisMachineOnly(String url) throws IOException {
        Path file = write("intranet", DocumentedDescriptor.yaml().replace("https://id.intranet.example/token", url));

        assertThatCode(() -> DescriptorFolder.read(file, TYPES)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "discord", "saml"})
    void anotherTypesIdIsNotTakenOver(String id) throws IOException {
        Path file = write(id, DocumentedDescriptor.yaml().replace("id: intranet", "id: " + id));

        assertThatThrownBy(() -> DescriptorFolder.read(file, TYPES)).hasMessageContaining("is a provider type already");
    }

    @Test
    void mistakeConcernsItsOwnFileOnly() throws IOException {
        write("intranet", DocumentedDescriptor.yaml());
        write("broken", "id: broken\n");
        write("empty", "");
        write("huge", "# " + "x".repeat(70_000));
        write("Not A Name", DocumentedDescriptor.yaml());
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        Files.createDirectory(folder.resolve("folder.yaml"));
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("nowhere"));

        DescriptorFolder own = own();

        assertThat(log.lines())
                .hasSize(5)
                .allMatch(line -> line.matches("ERROR: " + folder + "/[^/]+\\.yaml, line 1: .+"))
                .extracting(line -> line.replaceAll("^.*/|\\.yaml,.*$", ""))
                .containsExactly("Not A Name", "binary", "broken", "empty", "huge");
        assertThat(own.named("intranet")).isPresent();
        List<String> unusable = List.of("broken", "empty", "huge", "Not A Name", "binary", "folder", "dangling");
        assertThat(unusable).allSatisfy(name -> {
            assertThat(own.named(name)).isEmpty();
            assertThat(own.named(name)).as("said once").isEmpty();
        });
        assertThat(log.lines().stream().skip(5)).zipSatisfy(unusable, (line, name) -> assertThat(line)
                .startsWith("ERROR: Identity providers with the descriptor \"" + name + "\" are closed: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../intranet", "intranet.yaml", "/etc/passwd", "Intranet", "", "a\nb"})
    void nameIsNeverAPath(String name) throws IOException {
        write("intranet", DocumentedDescriptor.yaml());

        assertThat(own().named(name)).isEmpty();
        assertThat(log.lines())
                .containsExactly("ERROR: Identity providers with the descriptor \"" + name.replace('\n', '?')
                        + "\" are closed: a name of a-z, 0-9 and -, without path and .yaml");
        assertThatThrownBy(() -> own().require(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"Descriptor file\" (descriptor): a name of a-z");
    }

    @Test
    void savingSaysWhichFileIsNotUsable() {
        assertThatThrownBy(() -> own().require("intranet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no usable file intranet.yaml");
    }

    @Test
    void folderThatIsNotThereStopsNothing() {
        assertThat(DescriptorFolder.in(folder.resolve("none").toString(), TYPES).named("x"))
                .isEmpty();
        assertThat(DescriptorFolder.in("\0", TYPES).named("x")).isEmpty();
        String closed =
                "ERROR: Identity providers with the descriptor \"x\" are closed: the server has read no usable file"
                        + " x.yaml at its start; see its log";
        assertThat(log.lines())
                .containsExactly(
                        "ERROR: The folder of provider descriptors cannot be read: " + folder.resolve("none"),
                        closed,
                        "ERROR: The folder of provider descriptors cannot be read: ?",
                        closed);
    }

    @Test
    void noFolderIsNoMistake() {
        DescriptorFolder.in(" ", TYPES);
        DescriptorFolder.in(null, TYPES);

        assertThat(log.lines()).isEmpty();
    }

    private DescriptorFolder own() {
        return DescriptorFolder.in(folder.toString(), TYPES);
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.write(folder.resolve(name + ".yaml"), yaml.getBytes(StandardCharsets.UTF_8));
    }
}
