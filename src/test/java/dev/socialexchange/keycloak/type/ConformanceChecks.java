package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.loopback.DescribedProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.ExpectedIdentity;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;
import org.keycloak.broker.provider.BrokeredIdentityContext;

/** Exchanging tokens of every type, and what has to come of it. */
abstract class ConformanceChecks {
    static final String REDIRECT = "https://app.example/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    static DynamicTest test(TokenKind kind, String cause, Executable test) {
        return dynamicTest(kind.id() + " " + cause, test);
    }

    static String token(DataProvider simulated, Person person) {
        return simulated.accessToken(simulated.clientId(), person);
    }

    static Exchanged access(ExchangeIdentityProvider provider, String token) {
        return Loopback.accessToken(provider, token);
    }

    static Exchanged idToken(ExchangeIdentityProvider provider, String token) {
        return Loopback.idToken(provider, token);
    }

    static Exchanged code(ExchangeIdentityProvider provider, String code) {
        Map<String, String> further =
                new TreeMap<>(DescribedProviders.simulated(provider.getConfig().getAlias())
                        .data()
                        .token()
                        .further());
        further.replaceAll((name, value) -> value.equals(ProviderData.ANY) ? "of-the-front-end" : value);
        return code(provider, code, further);
    }

    static Exchanged code(ExchangeIdentityProvider provider, String code, Map<String, String> further) {
        Map<String, String> parameters = new TreeMap<>(further);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("code_verifier", VERIFIER);
        return Loopback.exchange(provider, Loopback.AUTHORIZATION_CODE, code, parameters);
    }

    static Exchanged signedData(ExchangeIdentityProvider provider, String data) {
        return Loopback.exchange(provider, Loopback.SIGNED_DATA, data, Map.of());
    }

    /** Each of the documents that the proof needs, missing by itself. */
    static void assertUnavailable(DataProvider simulated, ExchangeIdentityProvider provider, boolean limited) {
        for (ProviderData.Api api : simulated.data().api()) {
            String token = token(simulated, Loopback.newPerson());
            breakDown(
                    api.url(),
                    limited
                            ? simulated.data().limited().fault(token)
                            : Fault.status(502).forToken(token));
            access(provider, token).assertRefused(503, "temporarily_unavailable", "provider_unavailable");
        }
    }

    static void breakDown(String url, Fault fault) {
        Loopback.providers().fault(URI.create(url).getHost(), URI.create(url).getPath(), fault);
    }

    static void assertIdentity(DataProvider simulated, Person person, boolean byIdToken, Exchanged exchanged) {
        exchanged.assertProven();
        assertThat(identity(exchanged.identity())).isEqualTo(ExpectedIdentity.of(simulated, person, byIdToken));
    }

    /** As Keycloak would keep it, in the words of the simulators' data: the realm trusts the provider's address. */
    private static Map<String, Object> identity(BrokeredIdentityContext context) {
        Map<String, Object> identity = new TreeMap<>();
        identity.put("id", context.getId());
        identity.put("username", username(context));
        identity.put("email", context.getEmail());
        identity.put("emailVerified", BrokeredIdentities.emailVouched(context));
        identity.put("firstName", context.getFirstName());
        identity.put("lastName", context.getLastName());
        return identity;
    }

    private static String username(BrokeredIdentityContext context) {
        return Objects.requireNonNullElse(context.getModelUsername(), context.getUsername())
                .toLowerCase(Locale.ROOT);
    }
}
