package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.Evidence;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.KeycloakSession;

/** One OpenID Connect provider as its admin has entered it, whichever of Keycloak's classes it is of. */
final class EnteredOidc {
    private final KeycloakSession session;
    private final OIDCIdentityProviderConfig config;
    private final OidcEvidence.IdTokenExtraction fromIdToken;
    private final Function<JsonNode, BrokeredIdentityContext> fromProfile;
    private final LateDescriptor descriptor;

    /** @param fromIdToken as Keycloak's class does it, and so {@code fromProfile} */
    EnteredOidc(
            KeycloakSession session,
            OIDCIdentityProviderConfig config,
            OidcEvidence.IdTokenExtraction fromIdToken,
            Function<JsonNode, BrokeredIdentityContext> fromProfile) {
        this.session = session;
        this.config = config;
        this.fromIdToken = fromIdToken;
        this.fromProfile = fromProfile;
        this.descriptor = new LateDescriptor(() -> OidcDescriptor.of(config));
    }

    Descriptor descriptor() {
        return descriptor.get();
    }

    Optional<KeyWrapper> pinnedKey(JWSInput token) {
        return Optional.ofNullable(PublicKeyStorageManager.getIdentityProviderKeyWrapper(
                session, session.getContext().getRealm(), config, token));
    }

    BrokeredIdentityContext extract(Evidence evidence) {
        return OidcEvidence.extract(config, evidence, fromIdToken, fromProfile);
    }
}
