package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;

/**
 * The admin API's address for transfers.
 *
 * @param client whose service account may manage users and see them and identity providers
 */
record TransferRealm(RealmClient client, String alias) {

    /** Those who are linked, from the first one that is wanted on; empty when there are no more. */
    JsonNode linked(int first, int max) throws IOException, InterruptedException {
        return client.call(path() + "?first=" + first + "&max=" + max, HttpRequest.Builder::GET);
    }

    /** What has become of the lines: sent again, they change nothing. */
    JsonNode take(List<String> lines) throws IOException, InterruptedException {
        return client.call(path(), request -> RealmClient.post(request, String.join("\n", lines)));
    }

    private String path() {
        return "transfers/" + RealmClient.encoded(alias);
    }
}
