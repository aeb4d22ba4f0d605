package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.provider.SettingName;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.utils.StringUtil;

/**
 * Apple's settings: the key in the client secret, which the admin API masks, with the two names that Apple gave it. A realm
 * that takes id tokens only needs none of the three.
 */
final class AppleConfig extends ValidatedOAuth2Config {
    static final String TEAM_ID = "teamId";
    static final String KEY_ID = "keyId";

    private static final long serialVersionUID = 1L;
    private static final String VAULT = "${vault.";

    /** @throws IllegalArgumentException naming what is missing or wrong */
    static AppleClientSecret clientSecret(Map<String, String> config, String p8) {
        Stream.of(TEAM_ID, KEY_ID)
                .filter(key -> StringUtil.isBlank(config.get(key)))
                .forEach(key -> {
                    throw new IllegalArgumentException(SettingName.of(key) + " is missing");
                });
        return new AppleClientSecret(
                p8, config.get(TEAM_ID).strip(), config.get(KEY_ID).strip());
    }

    @Override
    public void validate(RealmModel realm) {
        super.validate(realm);
        String secret = getClientSecret();
        boolean readable =
                secret != null && !secret.equals(ComponentRepresentation.SECRET_VALUE) && !secret.startsWith(VAULT);
        boolean named = !StringUtil.isBlank(getConfig().get(TEAM_ID))
                || !StringUtil.isBlank(getConfig().get(KEY_ID));
        if (named && readable) {
            clientSecret(getConfig(), secret);
        }
    }
}
