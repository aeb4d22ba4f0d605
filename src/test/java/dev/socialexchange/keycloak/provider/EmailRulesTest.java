package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A type that forgets one of these methods would follow Keycloak's laxer rules, and nothing else would show it. */
class EmailRulesTest {
    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    /** The classes of the providers, by the convention that a factory is nested in what it makes. */
    static Stream<String> types() throws IOException {
        return Stream.concat(
                        announced("org.keycloak.broker.social.SocialIdentityProviderFactory"),
                        announced("org.keycloak.broker.provider.IdentityProviderFactory"))
                .filter(factory -> !factory.contains("Catalogue$"))
                .map(factory -> factory.substring(0, factory.indexOf('$')));
    }

    private static Stream<String> announced(String spi) throws IOException {
        return Files.readAllLines(SERVICES.resolve(spi)).stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeHasOurRulesForAddresses(String type) throws ClassNotFoundException {
        assertThat(methods(Class.forName(type, false, EmailRulesTest.class.getClassLoader())))
                .contains("updateEmail", "setEmailVerified");
    }

    /** Those that are written here, the inherited ones too. */
    private static List<String> methods(Class<?> type) {
        return Stream.<Class<?>>iterate(type, Class::getSuperclass)
                .takeWhile(ancestor -> ancestor.getName().startsWith("dev.socialexchange."))
                .flatMap(ancestor -> Arrays.stream(ancestor.getDeclaredMethods()))
                .map(Method::getName)
                .toList();
    }
}
