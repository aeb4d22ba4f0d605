package dev.socialexchange.keycloak.server;

import dev.socialexchange.keycloak.proof.SealingKeys;
import java.util.List;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The keys for HMAC that every realm has of its own. */
record RealmKeys(KeycloakSession session) implements SealingKeys {

    @Override
    public byte[] active() {
        return encoded(session.keys().getActiveKey(realm(), KeyUse.SIG, Algorithm.HS512));
    }

    @Override
    public List<byte[]> all() {
        return session.keys()
                .getKeysStream(realm(), KeyUse.SIG, Algorithm.HS512)
                .map(RealmKeys::encoded)
                .toList();
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private static byte[] encoded(KeyWrapper key) {
        return key.getSecretKey().getEncoded();
    }
}
