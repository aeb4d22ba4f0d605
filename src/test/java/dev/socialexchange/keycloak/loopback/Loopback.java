package dev.socialexchange.keycloak.loopback;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.net.LoopbackCalls;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.proof.Proof;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.proof.Submission;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** One set of simulated providers for all tests of a run, and exchanges of their tokens. Tests make their own people. */
public final class Loopback {
    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    public static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
    public static final String AUTHORIZATION_CODE = "urn:keycloak:social-exchange:token-type:authorization_code";
    public static final String SIGNED_DATA = "urn:keycloak:social-exchange:token-type:signed_data";

    private static final Simulator PROVIDERS = Simulator.start(0);
    private static final LoopbackCalls CALLS = new LoopbackCalls(PROVIDERS.proxyUrl(), PROVIDERS.caCertificatePem());
    private static final OfflineKeycloak KEYCLOAK = new OfflineKeycloak();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Loopback() {}

    public static Simulator providers() {
        return PROVIDERS;
    }

    /** A name that no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + Long.toString(System.currentTimeMillis(), 36) + NUMBER.incrementAndGet();
    }

    /** Somebody with a verified address, whom the providers know. */
    public static Person newPerson() {
        String name = unique("person");
        Person person = Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true);
        PROVIDERS.people().add(person);
        return person;
    }

    public static Exchanged idToken(ExchangeIdentityProvider provider, String token) {
        return exchange(provider, ID_TOKEN, token, Map.of());
    }

    public static Exchanged accessToken(ExchangeIdentityProvider provider, String token) {
        return exchange(provider, ACCESS_TOKEN, token, Map.of());
    }

    /** From the form's values to the brokered identity, or to what a door would answer. */
    public static Exchanged exchange(
            ExchangeIdentityProvider provider, String type, String token, Map<String, String> further) {
        return exchange(KEYCLOAK.calling(CALLS.ofARequest()), provider, type, token, further);
    }

    /** A server that remembers nothing of all that the other tests have asked. */
    public static OfflineKeycloak newNode() {
        return newNode(System::nanoTime);
    }

    /**
     * The same, over connections that are there already.
     *
     * @param clock nanoseconds, by which it waits for places and loads
     */
    static OfflineKeycloak newNode(LongSupplier clock) {
        LoopbackCalls calls = CALLS.ofAnotherNode(clock);
        return new OfflineKeycloak().calling(ThreadLocal.withInitial(calls::ofARequest)::get);
    }

    public static Exchanged exchange(
            OfflineKeycloak keycloak,
            ExchangeIdentityProvider provider,
            String type,
            String token,
            Map<String, String> further) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        further.forEach(form::putSingle);
        form.putSingle("subject_token_type", type);
        form.putSingle("subject_token", token);
        try {
            Prover prover = new Prover(keycloak, provider);
            Submission submission = SubmissionParameters.parse(form, Set.of());
            prover.requireAccepted(submission);
            Proof proof = prover.prove(submission);
            return new Exchanged(BrokeredIdentities.of(provider, proof.evidence()), proof, null);
        } catch (ExchangeException refused) {
            return new Exchanged(null, null, refused);
        }
    }
}
