package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.TokenReader;
import dev.socialexchange.keycloak.provider.TokenReaderFactory;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** {@link TokenReader} with the verifiers of this package. */
public final class VerifyingTokenReader implements TokenReader {
    private final KeycloakSession session;

    private VerifyingTokenReader(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Evidence read(ExchangeIdentityProvider provider, JsonNode tokens, String nonce, String user) {
        ProofContext context = ProofContext.of(session, provider);
        Evidence evidence = new TokenResponse(context, tokens).read(nonce);
        context.calls().accepted();
        return FirstLogin.introduce(provider.descriptor(), user, evidence);
    }

    @Override
    public Call tokenRequest(ExchangeIdentityProvider provider, Map<String, String> fields) {
        return TokenRequest.of(ProofContext.of(session, provider), fields).call();
    }

    @Override
    public boolean revoke(ExchangeIdentityProvider provider, String accessToken) {
        ProofContext context = ProofContext.of(session, provider);
        CallTemplate revocation = provider.descriptor().revocation();
        Outcome outcome = context.calls().send(context.call(revocation, accessToken), context.deadline());
        return outcome instanceof Outcome.Answer answer
                && answer.status() / 100 == 2
                && revocation.accepts(answer.json().orElseGet(MissingNode::getInstance));
    }

    @Override
    public void close() {
        // holds nothing
    }

    public static final class Factory implements TokenReaderFactory {

        @Override
        public TokenReader create(KeycloakSession session) {
            return new VerifyingTokenReader(session);
        }

        @Override
        public String getId() {
            return "default";
        }

        @Override
        public void init(Config.Scope config) {
            // nothing to read
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // nothing to wait for
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
