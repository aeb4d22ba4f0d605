package dev.socialexchange.keycloak.provider;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A setting as a message to an admin names it: by the label that stands on the console's page (in English, since messages are
 * not translated), and by the key that realm exports have.
 */
public final class SettingName {
    private static final String LABELS = "/theme-resources/messages/messages_en.properties";
    private static final Map<String, String> ENGLISH = read();

    private SettingName() {}

    /** {@code "Token exchange: nonce" (exchangeNonce)}; the key alone if the setting is not one of ours. */
    public static String of(String key) {
        String label = ENGLISH.get(SettingsProperties.label(key));
        return label == null ? key : "\"" + label + "\" (" + key + ")";
    }

    /** The label alone; the key if the setting is not one of ours. */
    public static String label(String key) {
        return ENGLISH.getOrDefault(SettingsProperties.label(key), key);
    }

    private static Map<String, String> read() {
        Properties messages = new Properties();
        try (Reader file =
                new InputStreamReader(SettingName.class.getResourceAsStream(LABELS), StandardCharsets.UTF_8)) {
            messages.load(file);
            return messages.stringPropertyNames().stream()
                    .collect(Collectors.toUnmodifiableMap(name -> name, messages::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + LABELS, e);
        }
    }
}
