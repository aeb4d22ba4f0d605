package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where both teams of an app transfer learn people's ids (Apple's {@code usermigrationinfo}): the old one the id of the transfer for one of its own, the new one
 * its own for that of the transfer.
 */
final class MigrationEndpoint implements Endpoint {
    static final String SCOPE = "user.migration";

    private final DataProvider provider;
    private final Map<String, String> transfers = new ConcurrentHashMap<>();

    MigrationEndpoint(DataProvider provider) {
        this.provider = provider;
    }

    @Override
    public Response answer(Request request) {
        boolean allowed = request.bearer()
                .flatMap(token -> provider.findValid(token, Grant.Kind.ACCESS))
                .filter(grant -> grant.allows(SCOPE))
                .isPresent();
        if (!allowed) {
            return Response.json(401, Json.object("error", "invalid_client"));
        }
        try {
            provider.authenticate(request);
        } catch (OAuthFailure wrongClient) {
            return Response.json(400, Json.object("error", "invalid_client"));
        }
        return told(request);
    }

    private Response told(Request request) {
        String own = request.parameter("sub");
        String target = request.parameter("target");
        if (own != null && target != null && own.matches("\\d{6}\\.\\d+\\.\\d{4}")) {
            String transfer = transferId(own, target);
            transfers.put(transfer, own);
            return Response.json(200, Json.object("transfer_sub", transfer));
        }
        return Optional.ofNullable(request.parameter("transfer_sub"))
                .map(transfers::get)
                .map(before -> Response.json(
                        200,
                        Json.object(
                                "sub",
                                newId(before),
                                "email",
                                Digests.sha256Hex(before).substring(0, 10) + "@privaterelay.appleid.com",
                                "is_private_email",
                                true)))
                .orElseGet(() -> Response.json(400, Json.object("error", "invalid_request")));
    }

    /** The same for the same person and team, as often as it is asked for. */
    private static String transferId(String own, String target) {
        return "760417.ebbf12acbc78e1be1668ba852d492d8a."
                + Digests.sha256Hex(own + "/" + target).substring(0, 4)
                + Digests.sha256Hex(target + "/" + own).substring(0, 12);
    }

    /** By which the new team knows whoever the old one knew by this id. */
    static String newId(String before) {
        return before.replaceFirst("^\\d{6}", "009876");
    }
}
