package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.door.OpenRealm;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.urls.UrlType;

/**
 * The page that an administrator opens in a browser. It is files and nothing else: whoever gets them knows nothing of the realm yet, and all
 * that is shown comes from the admin API, for the token of whoever signs in. There is no page where the realm has no client for it.
 */
public class DoctorPageResource {
    static final String CLIENT_ID = "social-exchange-doctor";

    private static final String NOT_KEPT = "no-store";
    private static final String KEPT = "public, max-age=31536000, immutable";
    private static final String RETURNED = "returned";

    private final KeycloakSession session;

    DoctorPageResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    public Response page() {
        return refusal().orElseGet(() -> html(Response.Status.OK, "index.html"));
    }

    /** Where a provider sends the browser back to that fetches a code for the page. */
    @GET
    @Path(RETURNED)
    public Response returned() {
        return refusal().orElseGet(() -> html(Response.Status.OK, "returned.html"));
    }

    /** The same, from a provider that posts (OAuth 2.0 Form Post Response Mode); the server has no use for any of it. */
    @POST
    @Path(RETURNED)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response posted(
            @FormParam("state") String state,
            @FormParam("code") String code,
            @FormParam("error") String error,
            @FormParam("user") String user) {
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("state", state);
        answer.put("code", code);
        answer.put("error", error);
        answer.put("user", user);
        String fragment = answer.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter ->
                        parameter.getKey() + '=' + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        URI here = session.getContext().getUri().getRequestUri();
        return refusal().orElseGet(() -> DoctorPageHeaders.on(
                        session, Response.seeOther(URI.create(here.getRawPath() + '#' + fragment)), NOT_KEPT)
                .build());
    }

    @GET
    @Path("{version: [0-9a-f]{16}}/{file: .+}")
    public Response file(@PathParam("version") String version, @PathParam("file") String file) {
        if (!version.equals(DoctorPageFiles.VERSION)
                || !file.equals(DoctorPageFiles.STYLE) && refusal().isPresent()) {
            return nothing();
        }
        return DoctorPageFiles.file(file)
                .map(bytes -> DoctorPageHeaders.on(session, Response.ok(bytes, DoctorPageFiles.type(file)), KEPT)
                        .build())
                .orElseGet(this::nothing);
    }

    private Response nothing() {
        return DoctorPageHeaders.on(
                        session,
                        Response.status(Response.Status.NOT_FOUND)
                                .type(MediaType.TEXT_PLAIN_TYPE)
                                .entity("Not found"),
                        NOT_KEPT)
                .build();
    }

    /** Why there is no page here. */
    private Optional<Response> refusal() {
        return OpenRealm.refusal(session)
                .map(closed -> DoctorPageHeaders.on(
                                session,
                                Response.status(closed.error().status())
                                        .type(MediaType.TEXT_PLAIN_TYPE)
                                        .entity(closed.error().reason()),
                                NOT_KEPT)
                        .build())
                .or(() -> isWanted() ? Optional.empty() : Optional.of(html(Response.Status.NOT_FOUND, "off.html")));
    }

    private boolean isWanted() {
        ClientModel client = session.getContext().getRealm().getClientByClientId(CLIENT_ID);
        return client != null
                && client.isEnabled()
                && client.isPublicClient()
                && client.isStandardFlowEnabled()
                && OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
    }

    private Response html(Response.Status status, String template) {
        String path = session.getContext().getUri().getRequestUri().getRawPath();
        String page = path.replaceFirst("/" + RETURNED + "/?$", "").replaceFirst("/$", "");
        Map<String, String> values = Map.of(
                "files",
                page + '/' + DoctorPageFiles.VERSION,
                "page",
                page,
                "realm",
                session.getContext().getRealm().getName(),
                "server",
                base(UrlType.FRONTEND),
                "admin",
                base(UrlType.ADMIN),
                "client",
                CLIENT_ID);
        String language = DoctorPageLanguage.of(session);
        String html = new DoctorPageTemplate(template).with(language, values);
        return DoctorPageHeaders.on(
                        session, Response.status(status).entity(html).type("text/html; charset=utf-8"), NOT_KEPT)
                .header("Content-Language", language)
                .build();
    }

    private String base(UrlType type) {
        return session.getContext().getUri(type).getBaseUri().toString().replaceFirst("/$", "");
    }
}
