package dev.socialexchange.keycloak.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String[] REALM = {"--server", "https://keycloak.example", "--realm", "social"};

    @Test
    void checksAllThatAreOpenUnlessSomethingElseIsSaid() {
        Arguments arguments = parse();

        assertThat(arguments.server()).hasToString("https://keycloak.example");
        assertThat(arguments.realm()).isEqualTo("social");
        assertThat(arguments.login().realm()).isEqualTo("social");
        assertThat(arguments.provider()).isEmpty();
        assertThat(arguments.checks()).isTrue();
        assertThat(arguments.attempts()).isEmpty();
        assertThat(arguments.usesCode()).isFalse();
        assertThat(arguments.certifies()).isFalse();
    }

    @Test
    void triesEachTokenAsTheKindBehindIt() {
        Arguments arguments = parse(
                "--provider",
                "google",
                "--client-id",
                "spa",
                "--try",
                "a",
                "--kind",
                "id_token",
                "--try",
                "-",
                "--kind",
                "authorization_code",
                "--use-code",
                "--param",
                "redirect_uri=https://app.example/?a=b");

        assertThat(arguments.attempts())
                .isEqualTo(
                        List.of(new Attempt("a", TokenKind.ID_TOKEN), new Attempt("-", TokenKind.AUTHORIZATION_CODE)));
        assertThat(arguments.parameters()).isEqualTo(Map.of("redirect_uri", "https://app.example/?a=b"));
        assertThat(arguments.usesCode()).isTrue();
        assertThat(arguments.checks())
                .as("a token is tried in place of the check")
                .isFalse();
    }

    @Test
    void theServersAdministratorsAreOfAnotherRealm() {
        assertThat(parse("--user", "admin", "--login-realm", "master").login())
                .isEqualTo(new Arguments.LoginArguments("master", Optional.empty(), Optional.of("admin")));
    }

    @Test
    void aCertificateTakesACheckAsWell() {
        assertThat(parse(tried("--certify")).checks()).isTrue();
        assertThat(parse(tried("--check")).checks()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--try a, --try needs --provider",
        "--certify, --certify needs --try",
        "--client-id spa, --client-id is for --try",
        "--use-code, --use-code is for --try",
        "--param scope=openid, --param is for --try",
        "--kind id_token, --kind belongs behind the --try",
        "--client a --user b, not both",
        "--realm again, --realm stands there twice",
        "--provider, --provider needs a value",
        "--provider --json, --provider needs a value",
        "--language de;q=1, --language is a code",
        "--wrong, An option is not known: --wrong",
    })
    void refusesWhatMakesNoSense(String arguments, String why) {
        String further = arguments.equals("--try a") ? "--try a --kind id_token" : arguments;

        assertRefused(why, further.split(" "));
    }

    @Test
    void eachTokenHasAKind() {
        assertRefused("Each --try needs its --kind", "--try", "a");
        assertRefused("Each --try needs its --kind", "--try", "a", "--try", "b", "--kind", "id_token");
        assertRefused("--kind belongs behind the --try", tried("--kind", "jwt"));
        assertRefused("--kind has to be one of id_token, access_token, jwt,", "--try", "a", "--kind", "saml");
        assertRefused(
                "One token alone can come from standard input",
                Stream.of("--provider p --client-id c --try - --kind jwt --try - --kind id_token".split(" "))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "code_verifier", "nonce", "user"})
    void aSecretParameterComesFromAFile(String name) {
        assertThat(parse(tried("--param", name + "=@file")).parameters()).containsEntry(name, "@file");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> parse(tried("--param", name + "=s3cret")))
                .withMessageContaining(name + "=@FILE")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject_token", "client_secret", "client_assertion", "subject_issuer", "use_code"})
    void aParameterWithAnOptionOfItsOwnHasNoOther(String name) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> parse(tried("--param", name + "=s3cret")))
                .withMessageContaining("--param cannot be " + name)
                .withMessageNotContaining("s3cret");
    }

    /** Somebody may have taken it for another program's way to pass a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "--password=s3cret", "--secret=s3cret"})
    void doesNotRepeatWhatItDoesNotKnow(String argument) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> parse(argument))
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example/auth/", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:80/"})
    void speaksToHttpsOrThisMachine(String address) {
        assertThat(ServerAddress.of(address, false)).hasToString(address.replaceFirst("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keycloak.example",
                "ftp://keycloak.example",
                "https://admin:pw@keycloak.example",
                "https://a.example?b",
                "https://a.example/#b",
                "https://",
                "https://not an address"
            })
    void refusesWhatIsNoAddressOfKeycloak(String address) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ServerAddress.of(address, true))
                .withMessageContaining("such as https://keycloak.example");
    }

    @Test
    void sendsNoSecretToAnotherMachineInPlainHttpUnawares() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ServerAddress.of("http://keycloak.example", false))
                .withMessageContaining("--plain-http");
        assertThat(ServerAddress.of("http://keycloak:8080", true)).hasToString("http://keycloak:8080");
    }

    private static String[] tried(String... further) {
        return Stream.concat(
                        Stream.of("--provider", "google", "--client-id", "spa", "--try", "a", "--kind", "id_token"),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    private static Arguments parse(String... further) {
        return CommandLine.parse(
                Stream.concat(Stream.of(REALM), Stream.of(further)).toArray(String[]::new));
    }

    private static void assertRefused(String why, String... further) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> parse(further))
                .withMessageContaining(why)
                .satisfies(refused -> assertThat(refused.exit()).isEqualTo(Exit.USAGE));
    }
}
