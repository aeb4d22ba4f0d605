package dev.socialexchange.keycloak.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.page.ForeignAccount;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.DefaultDataMarshaller;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.sessions.AuthenticationSessionModel;

class VerifiedAccountTest {
    private static final String SECRET = "a-token-of-the-provider";
    private static final Pattern DATA = Pattern.compile("\"data\":\"([A-Za-z0-9_-]+)\"");

    @Test
    void keepsNoTokenOfTheProvider() {
        BrokeredIdentityContext identity = identity("zoe@example.org");
        AccessTokenResponse answer = new AccessTokenResponse();
        answer.setToken(SECRET);
        answer.setRefreshToken(SECRET);
        answer.setIdToken(SECRET);
        identity.setToken(SECRET);
        identity.getContextData().put(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE, answer);
        identity.getContextData().put("ANOTHER_PLACE", answer);
        identity.getContextData().put(UserAuthenticationIdentityProvider.FEDERATED_ACCESS_TOKEN, SECRET);
        identity.getContextData().put("kept", "something else");

        String kept =
                decoded(VerifiedAccount.of(realm(false), identity).orElseThrow().identity());

        assertThat(kept).contains("something else", "zoe@example.org").doesNotContain(SECRET);
    }

    @Test
    void refusesWhatIsTooLargeToBeKept() {
        BrokeredIdentityContext identity = identity("zoe@example.org");
        identity.getContextData().put("large", "x".repeat(16 * 1024));

        assertThat(VerifiedAccount.of(realm(false), identity)).isEqualTo(Optional.empty());
    }

    @Test
    void isShownByTheUsernameWhereNobodyVouchesForTheAddress() {
        VerifiedAccount account =
                VerifiedAccount.of(realm(false), identity("victim@example.org")).orElseThrow();

        assertThat(account.shown()).isEqualTo(new ForeignAccount("zoe-e", false));
    }

    @ParameterizedTest
    @CsvSource({"true, zoe@example.org", "false, zoe-e"})
    void choosesTheUsernameAsKeycloakDoes(boolean emailAsUsername, String username) {
        VerifiedAccount account = VerifiedAccount.of(realm(emailAsUsername), identity("zoe@example.org"))
                .orElseThrow();

        assertThat(account.read().getModelUsername()).isEqualTo(username);
    }

    private static BrokeredIdentityContext identity(String email) {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.setAlias("acme");
        config.setEnabled(true);
        BrokeredIdentityContext identity = new BrokeredIdentityContext("4711", config);
        identity.setIdp(only(UserAuthenticationIdentityProvider.class, new DefaultDataMarshaller()));
        identity.setUsername("zoe-e");
        identity.setEmail(email);
        identity.setAuthenticationSession(only(AuthenticationSessionModel.class, realm(false)));
        return identity;
    }

    private static RealmModel realm(boolean emailAsUsername) {
        return only(RealmModel.class, emailAsUsername);
    }

    /** Keycloak's models are wide; what is asked of them here is one thing each. */
    private static <T> T only(Class<T> model, Object answer) {
        return model.cast(Proxy.newProxyInstance(
                model.getClassLoader(),
                new Class<?>[] {model},
                (proxy, method, arguments) -> method.getReturnType().isInstance(answer)
                                || method.getName().equals("isRegistrationEmailAsUsername")
                        ? answer
                        : null));
    }

    /** Keycloak writes context data in base64, apart from texts. */
    private static String decoded(String json) {
        StringBuilder text = new StringBuilder(json);
        for (Matcher data = DATA.matcher(json); data.find(); ) {
            text.append('\n').append(new String(Base64.getUrlDecoder().decode(data.group(1)), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
