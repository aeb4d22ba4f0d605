package dev.socialexchange.keycloak.net;

import java.net.URI;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;

/** A DELETE that may have a body, which the client's (4.5) own has not. */
final class DeleteRequest extends HttpEntityEnclosingRequestBase {

    DeleteRequest(URI uri) {
        setURI(uri);
    }

    @Override
    public String getMethod() {
        return HttpDelete.METHOD_NAME;
    }
}
