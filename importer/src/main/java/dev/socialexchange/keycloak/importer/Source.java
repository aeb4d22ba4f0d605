package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The export of one kind of back end. */
interface Source {

    /** All that there are. */
    static List<Source> all() {
        return List.of(
                new DjangoSource("python-social-auth"),
                new DjangoSource("allauth"),
                new FirebaseSource(),
                new Auth0Source(),
                new CognitoSource(),
                new SupabaseSource(),
                new AuthJsSource(),
                new KratosSource(),
                new ClerkSource(),
                new FusionAuthSource(),
                new LogtoSource(),
                new AspNetSource(),
                new ParseSource(),
                new WordPressSource());
    }

    /** As it is called in the command. */
    String name();

    /**
     * @param aliases of providers, by the source's names for them, where they are not the usual ones
     * @param people is handed one after the other, each as the export has them and translated, so that no export is too large
     * @throws IOException if the export cannot be read, or is of another kind
     */
    void read(InputStream export, Map<String, String> aliases, BiConsumer<JsonNode, PersonLine> people)
            throws IOException;
}
