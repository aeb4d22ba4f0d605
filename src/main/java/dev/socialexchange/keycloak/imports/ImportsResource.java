package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.AdminPermissions;

/**
 * {@code /admin/realms/{realm}/social-exchange/imports}: lines of JSON, one a person, some hundreds a request. Whoever may manage users and see identity
 * providers may; the realm whose users administer the others takes nobody.
 */
public class ImportsResource {
    /** A line of JSON for each person; it has no RFC. */
    private static final String NDJSON = "application/x-ndjson";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    /** Less than any id, and not empty, which Oracle takes for nothing. */
    private static final String BEFORE_ALL = "0";

    private static final String USUAL_JOB = "import";
    private static final long RETRY_SECONDS = 2;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    public ImportsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * @param source names the back end: with the people's ids there it is what they are known by
     * @param dryRun false to bring them; otherwise it is only told what would become of them
     * @param trustVerified whether the source's word that an address is verified counts
     * @param bringDeleted whether who was brought before and deleted here is made again
     * @param keepIds whether who has a UUID at the source has it here
     * @param verify only tells how the realm differs from the people
     * @param job names the run, so that it can be told from others, and undone
     * @throws ServiceUnavailableException if the database does not answer: what was brought stays
     */
    @POST
    @Consumes(NDJSON)
    @Produces(MediaType.APPLICATION_JSON)
    public ImportReport bring(
            @QueryParam("source") String source,
            @QueryParam("job") @DefaultValue(USUAL_JOB) String job,
            @QueryParam("dry_run") @DefaultValue("true") String dryRun,
            @QueryParam("trust_verified") @DefaultValue("false") boolean trustVerified,
            @QueryParam("bring_deleted") @DefaultValue("false") boolean bringDeleted,
            @QueryParam("keep_ids") @DefaultValue("false") boolean keepIds,
            @QueryParam("verify") @DefaultValue("false") boolean verify,
            InputStream body) {
        requireAllowed(source, job);
        ImportOrder order = new ImportOrder(
                realm.getId(), source, job, isDry(dryRun) || verify, trustVerified, bringDeleted, keepIds, verify);
        List<String> lines = ImportLines.read(body);
        Import people = new Import(session, order, this::manages);
        ImportEvents events = new ImportEvents(
                session,
                adminEvent,
                OperationType.ACTION,
                Map.of(
                        "source", source,
                        "job", job,
                        "dry_run", String.valueOf(order.dryRun()),
                        "verify", String.valueOf(verify),
                        "trust_verified", String.valueOf(trustVerified),
                        "bring_deleted", String.valueOf(bringDeleted),
                        "keep_ids", String.valueOf(keepIds)));
        ImportReport report = answered(
                () -> people.of(lines),
                failed -> events.brokenOff(people.report().outcomes(), failed));
        events.done(report.outcomes());
        return report;
    }

    /** How many a run has made, and how many of them have come since. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public ImportRun.Progress progress(
            @QueryParam("source") String source, @QueryParam("job") @DefaultValue(USUAL_JOB) String job) {
        requireAllowed(source, job);
        return answered(new ImportRun(session, source, job, this::manages)::progress, failed -> {
            // nothing was changed
        });
    }

    /**
     * Removes some whom a run has made, and who have not come since.
     *
     * @param after the answer's {@code next}, for the others
     */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public ImportRun.Undone undo(
            @QueryParam("source") String source,
            @QueryParam("job") @DefaultValue(USUAL_JOB) String job,
            @QueryParam("dry_run") @DefaultValue("true") String dryRun,
            @QueryParam("after") @DefaultValue(BEFORE_ALL) String after) {
        requireAllowed(source, job);
        boolean dry = isDry(dryRun);
        ImportRun run = new ImportRun(session, source, job, this::manages);
        ImportEvents events = new ImportEvents(
                session,
                adminEvent,
                dry ? OperationType.ACTION : OperationType.DELETE,
                Map.of("source", source, "job", job, "undo", "true", "dry_run", String.valueOf(dry)));
        ImportRun.Undone undone = answered(
                () -> run.undo(after, dry), failed -> events.brokenOff(Map.of("removed", run.removed()), failed));
        events.done(Map.of("removed", undone.removed(), "kept", undone.kept()));
        return undone;
    }

    /** A misspelt word for false is none. */
    private static boolean isDry(String dryRun) {
        return !dryRun.equals("false");
    }

    private void requireAllowed(String source, String job) {
        auth.users().requireManage();
        auth.realm().requireViewIdentityProviders();
        if (realm.getName().equals(Config.getAdminRealm())) {
            throw new BadRequestException("Nobody is imported into the realm that administers the others");
        }
        if (source == null
                || !NAME.matcher(source).matches()
                || !NAME.matcher(job).matches()) {
            throw new BadRequestException(
                    "source has to name the back end, and job the run: small letters, digits and hyphens");
        }
    }

    /** Permissions may leave somebody out whom a permission for all users is about; they are asked in the session that the user is of. */
    private boolean manages(KeycloakSession own, UserModel user) {
        return AdminPermissions.evaluator(own, own.getContext().getRealm(), auth.adminAuth())
                .users()
                .canManage(user);
    }

    /** @param brokenOff hears why, if the answer is an error */
    private static <T> T answered(Supplier<T> work, Consumer<ExchangeException> brokenOff) {
        try {
            return work.get();
        } catch (ExchangeException failed) {
            brokenOff.accept(failed);
            // whoever is told 503 sends the same again, which helps against an outage alone
            if (failed.error() == ExchangeError.SERVER_BUSY) {
                throw new ServiceUnavailableException(RETRY_SECONDS);
            }
            throw ErrorResponse.error(failed.error().reason(), Response.Status.INTERNAL_SERVER_ERROR);
        }
    }
}
