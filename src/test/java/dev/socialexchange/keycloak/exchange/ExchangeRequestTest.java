package dev.socialexchange.keycloak.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.continuation.ReturnAddress;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.loopback.Loopback;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeRequestTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String CALLBACK = "https://front.example/cb";
    private static final String LONG = "a".repeat(2049);

    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();

    ExchangeRequestTest() {
        with("subject_issuer", "google");
        with("subject_token", "token");
        with("subject_token_type", Loopback.ID_TOKEN);
    }

    @Test
    void readsAllThatAnExchangeSays() {
        with("scope", "openid email");
        with("acr_values", "gold");
        with("nonce", "n");
        with("access_token", "companion");
        with("user", "{}");
        with("client_id", "of-the-request");
        with("device_id", "of-the-provider");

        ExchangeRequest request = parse(List.of("api"));

        assertThat(request.alias()).isEqualTo("google");
        assertThat(request.audience()).containsExactly("api");
        assertThat(request.wanted().scope()).isEqualTo("openid email");
        assertThat(request.wanted().acrValues()).isEqualTo("gold");
        assertThat(request.requested()).isEqualTo(RequestedToken.SESSION);
        assertThat(request.interaction()).isEmpty();
        assertThat(request.submission().kind()).isEqualTo(TokenKind.ID_TOKEN);
        assertThat(request.submission().token()).isEqualTo("token");
        assertThat(request.submission().nonce()).isEqualTo("n");
        assertThat(request.submission().accessToken()).isEqualTo("companion");
        assertThat(request.submission().user()).isEqualTo("{}");
        assertThat(request.submission().redirectUri()).isNull();
        assertThat(request.submission().codeVerifier()).isNull();
        assertThat(request.submission().further()).isEqualTo(Map.of("device_id", "of-the-provider"));
        assertThat(request.submission()).hasToString("id_token");
    }

    @Test
    void absentAudienceIsNone() {
        assertThat(parse(null).audience()).isEmpty();
    }

    @Test
    void readsACodeWithWhatCameWithIt() {
        with("subject_token_type", Loopback.AUTHORIZATION_CODE);
        with("redirect_uri", CALLBACK);
        with("code_verifier", "v".repeat(128));
        with("nonce", "n".repeat(512));
        with("user", "{}");

        ExchangeRequest request = parse(List.of());

        assertThat(request.submission().redirectUri()).isEqualTo(CALLBACK);
        assertThat(request.submission().codeVerifier()).hasSize(128);
        assertThat(request.submission().nonce()).hasSize(512);
    }

    @Test
    void aJwtIsAnIdToken() {
        with("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        assertThat(parse(List.of()).submission().kind()).isEqualTo(TokenKind.ID_TOKEN);
    }

    @Test
    void signedDataMayHaveAnyCharacters() {
        with("subject_token_type", Loopback.SIGNED_DATA);
        with("subject_token", "{\"first_name\": \"Zoë\"}");
        assertThat(parse(List.of()).submission().token()).contains("Zoë");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject_issuer", "subject_token", "subject_token_type"})
    void refusesWithoutWhatIsNeeded(String name) {
        form.remove(name);
        assertRefused(ExchangeError.PARAMETER_MISSING, name);
        with(name, " ");
        assertRefused(ExchangeError.PARAMETER_MISSING, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requested_issuer", "requested_subject", "actor_token", "actor_token_type", "resource"})
    void refusesWhatOtherExchangesSay(String name) {
        with(name, "");
        assertRefused(ExchangeError.PARAMETER_INVALID, name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject_issuer",
                "requested_token_type",
                "scope",
                "acr_values",
                "audience",
                "subject_token_type",
                "access_token",
                "nonce",
                "redirect_uri",
                "code_verifier",
                "user",
                "interaction_redirect_uri",
                "interaction_state",
                "interaction_nonce",
                "interaction_code_challenge",
                "interaction_code_challenge_method"
            })
    void refusesWhatKeycloakHasDropped(String name) {
        form.remove(name);
        Set<String> sent = new HashSet<>(form.keySet());
        sent.add(name);
        assertRefused(sent, ExchangeError.PARAMETER_INVALID, name);
    }

    @ParameterizedTest
    @CsvSource({
        "access_token, nonce, n",
        "signed_data, nonce, n",
        "id_token, redirect_uri, https://front.example/cb",
        "access_token, redirect_uri, https://front.example/cb",
        "id_token, code_verifier, vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv",
        "access_token, access_token, another",
        "authorization_code, access_token, another",
        "access_token, user, {}",
        "signed_data, user, {}"
    })
    void refusesWhatDoesNotBelongToTheKind(String kind, String name, String value) {
        with("subject_token_type", type(kind));
        with(name, value);
        assertRefused(ExchangeError.PARAMETER_INVALID, name);
    }

    @ParameterizedTest
    @CsvSource({
        "id_token, nonce, ''",
        "id_token, access_token, ''",
        "id_token, access_token, two words",
        "id_token, acr_values, ' '",
        "authorization_code, code_verifier, ''",
        "authorization_code, code_verifier, vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv",
        "authorization_code, code_verifier, +vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv",
        "id_token, subject_token, two words",
        "access_token, subject_token, tökén",
        "authorization_code, subject_token, tökén"
    })
    void refusesWhatIsNotWellFormed(String kind, String name, String value) {
        with("subject_token_type", type(kind));
        with(name, value);
        assertRefused(ExchangeError.PARAMETER_INVALID, name);
    }

    @Test
    void refusesWhatIsTooLong() {
        with("nonce", "n".repeat(513));
        assertRefused(ExchangeError.PARAMETER_INVALID, "nonce");
        form.remove("nonce");
        with("acr_values", "a".repeat(513));
        assertRefused(ExchangeError.PARAMETER_INVALID, "acr_values");
        with("acr_values", "a".repeat(512));
        with("subject_token_type", Loopback.AUTHORIZATION_CODE);
        with("redirect_uri", LONG);
        assertRefused(ExchangeError.PARAMETER_INVALID, "redirect_uri");
        with("redirect_uri", LONG.substring(1));
        assertThat(parse(List.of()).submission().redirectUri()).hasSize(2048);
        with("code_verifier", "v".repeat(129));
        assertRefused(ExchangeError.PARAMETER_INVALID, "code_verifier");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:ietf:params:oauth:token-type:refresh_token", "urn:ietf:params:oauth:token-type:saml2", "x"})
    void refusesSubjectTokenTypeThatNoProviderHas(String type) {
        with("subject_token_type", type);
        assertRefused(ExchangeError.TOKEN_TYPE_UNSUPPORTED, "subject_token_type");
    }

    @ParameterizedTest
    @CsvSource({
        "access_token, ACCESS, true, access_token, access_token",
        "refresh_token, REFRESH, false, refresh_token, access_token",
        "id_token, ID, true, id_token, id_token"
    })
    void requestedTokenTypeSaysWhatIsIssued(
            String type, RequestedToken requested, boolean withoutSession, String issued, String withoutRefreshToken) {
        with("requested_token_type", "urn:ietf:params:oauth:token-type:" + type);

        assertThat(parse(List.of()).requested()).isEqualTo(requested);
        assertThat(requested.isTransient()).isEqualTo(withoutSession);
        assertThat(requested.issued(true)).endsWith(':' + issued);
        assertThat(requested.issued(false)).endsWith(':' + withoutRefreshToken);
    }

    @Test
    void whoDoesNotSayGetsASession() {
        assertThat(RequestedToken.SESSION.isTransient()).isFalse();
        assertThat(RequestedToken.SESSION.issued(true)).endsWith(":access_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:saml2"})
    void refusesRequestedTokenTypeThatThereIsNot(String type) {
        with("requested_token_type", type);
        assertRefused(ExchangeError.REQUESTED_TOKEN_TYPE_UNSUPPORTED, "requested_token_type");
    }

    @Test
    void readsWhereABrowserMayGoOn() {
        withInteraction();
        assertThat(parse(List.of()).interaction()).contains(new ReturnAddress(CALLBACK, null, null, CHALLENGE));

        with("interaction_state", "s".repeat(2048));
        with("interaction_nonce", "n".repeat(512));
        with("interaction_code_challenge_method", "S256");
        assertThat(parse(List.of()).interaction())
                .contains(new ReturnAddress(CALLBACK, "s".repeat(2048), "n".repeat(512), CHALLENGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interaction_redirect_uri", "interaction_code_challenge"})
    void refusesHalfAnInteraction(String missing) {
        withInteraction();
        form.remove(missing);
        assertRefused(ExchangeError.PARAMETER_MISSING, missing);
        form.keySet().removeIf(name -> name.startsWith("interaction_"));
        with("interaction_state", "alone");
        assertRefused(ExchangeError.PARAMETER_MISSING, "interaction_redirect_uri");
    }

    @ParameterizedTest
    @CsvSource({
        "interaction_redirect_uri, /relative",
        "interaction_redirect_uri, https://front.example/cb#fragment",
        "interaction_redirect_uri, https://front.example/not a uri",
        "interaction_code_challenge, short",
        "interaction_code_challenge, E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "interaction_code_challenge_method, plain",
        "interaction_state, ''",
        "interaction_nonce, ''"
    })
    void refusesInteractionThatIsNotWellFormed(String name, String value) {
        withInteraction();
        with(name, value);
        assertRefused(ExchangeError.PARAMETER_INVALID, name);
    }

    @Test
    void refusesInteractionThatIsTooLong() {
        withInteraction();
        with("interaction_redirect_uri", "https://front.example/" + LONG);
        assertRefused(ExchangeError.PARAMETER_INVALID, "interaction_redirect_uri");
        withInteraction();
        with("interaction_state", LONG);
        assertRefused(ExchangeError.PARAMETER_INVALID, "interaction_state");
        form.remove("interaction_state");
        with("interaction_nonce", "n".repeat(513));
        assertRefused(ExchangeError.PARAMETER_INVALID, "interaction_nonce");
    }

    private static String type(String kind) {
        return SubmissionParameters.type(TokenKind.byId(kind).orElseThrow());
    }

    private void withInteraction() {
        with("interaction_redirect_uri", CALLBACK);
        with("interaction_code_challenge", CHALLENGE);
    }

    private void with(String name, String value) {
        form.putSingle(name, value);
    }

    private ExchangeRequest parse(List<String> audience) {
        return ExchangeRequest.parse(form, form.keySet(), audience);
    }

    private void assertRefused(ExchangeError error, String named) {
        assertRefused(form.keySet(), error, named);
    }

    private void assertRefused(Set<String> sent, ExchangeError error, String named) {
        ExchangeException refused =
                catchThrowableOfType(ExchangeException.class, () -> ExchangeRequest.parse(form, sent, List.of()));
        assertThat(refused).isNotNull();
        assertThat(refused.error()).isEqualTo(error);
        assertThat(refused.getMessage()).contains(named);
    }
}
