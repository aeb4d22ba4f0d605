package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests and answers of one kind of back end. */
public interface Shape {

    /** All that there are. */
    static List<Shape> all() {
        return List.of(new DrfSocialOauth2(), new DjRestAuth(), new RestSocialAuth(), new Supabase(), new Auth0());
    }

    /** Of the door, in its address. */
    String name();

    /** What scripts of other origins may send beside what Keycloak lets them. */
    default Set<String> requestHeaders() {
        return Set.of();
    }

    /** @throws dev.socialexchange.keycloak.ExchangeException if a value is a list or an object where a text is needed */
    Meant read(AppRequest request);

    /** What in the body says who asks, beside the address: parameters of the token endpoint. */
    default Map<String, String> credentials(AppRequest request) {
        return Map.of();
    }

    /** To an exchange or a refresh. */
    AppAnswer tokens(AppRequest request, Meant meant, Issued issued);

    /**
     * @param request whose access token the realm has found to be good
     * @param claims of the realm's user info
     */
    default AppAnswer person(AppRequest request, JsonNode claims) {
        throw new UnsupportedOperationException("nobody asks here who they are");
    }

    /** To what has no answer of its own: sessions have ended, a token is revoked or is good. */
    default AppAnswer done(AppRequest request) {
        throw new UnsupportedOperationException("nothing ends here");
    }

    AppAnswer refused(AppRequest request, Meant meant, Refused refused);
}
