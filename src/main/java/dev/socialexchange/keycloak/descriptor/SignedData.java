package dev.socialexchange.keycloak.descriptor;

/**
 * Data about a person that the provider hands to the front end, authenticated by a secret that only the provider and we
 * know.
 *
 * @param secretSetting a setting that holds a vault reference to that secret; without one it is the client secret
 */
public record SignedData(
        @Key(value = "How it is signed", required = true) Format format,
        @Key(value = "The setting that holds a vault reference to the secret", required = true) String secretSetting) {

    public enum Format {
        /** Data of the Login Widget, and {@code initData} of Mini Apps. */
        TELEGRAM
    }
}
