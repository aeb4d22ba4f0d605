package com.example.thirdparty;

import jakarta.persistence.EntityManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.Config;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * {@code /realms/{realm}/stocktaking}: how much there is in a realm, as numbers by name, so that a test can tell whether a request
 * has left anything. It only reads. What users have is counted in letters as well, since a changed name is no other count.
 */
public class Stocktaking implements RealmResourceProvider {
    public static final String ID = "stocktaking";

    private static final String OF_USERS = " t join USER_ENTITY u on u.ID = t.USER_ID where u.REALM_ID = ?1";

    private static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry("users", "select count(*) from USER_ENTITY where REALM_ID = ?1"),
            Map.entry(
                    "letters of users",
                    "select coalesce(sum(length(USERNAME) + coalesce(length(EMAIL), 0) + coalesce(length(FIRST_NAME), 0)"
                            + " + coalesce(length(LAST_NAME), 0)), 0) from USER_ENTITY where REALM_ID = ?1"),
            Map.entry(
                    "enabled users",
                    "select coalesce(sum(case when ENABLED = true then 1 else 0 end), 0) from USER_ENTITY where REALM_ID = ?1"),
            Map.entry(
                    "verified addresses",
                    "select coalesce(sum(case when EMAIL_VERIFIED = true then 1 else 0 end), 0) from USER_ENTITY"
                            + " where REALM_ID = ?1"),
            Map.entry("not before", "select coalesce(sum(NOT_BEFORE), 0) from USER_ENTITY where REALM_ID = ?1"),
            Map.entry("links", "select count(*) from FEDERATED_IDENTITY where REALM_ID = ?1"),
            Map.entry(
                    "letters of links",
                    "select coalesce(sum(coalesce(length(FEDERATED_USER_ID), 0) + coalesce(length(FEDERATED_USERNAME), 0)), 0)"
                            + " from FEDERATED_IDENTITY where REALM_ID = ?1"),
            Map.entry("links of other storages", "select count(*) from BROKER_LINK where REALM_ID = ?1"),
            Map.entry("credentials", "select count(*) from CREDENTIAL" + OF_USERS),
            Map.entry("attributes", "select count(*) from USER_ATTRIBUTE" + OF_USERS),
            Map.entry("roles", "select count(*) from USER_ROLE_MAPPING" + OF_USERS),
            Map.entry("groups", "select count(*) from USER_GROUP_MEMBERSHIP" + OF_USERS),
            Map.entry("consents", "select count(*) from USER_CONSENT" + OF_USERS),
            Map.entry("required actions", "select count(*) from USER_REQUIRED_ACTION" + OF_USERS),
            Map.entry(
                    "sessions", "select count(*) from OFFLINE_USER_SESSION where REALM_ID = ?1 and OFFLINE_FLAG = '0'"),
            Map.entry(
                    "offline sessions",
                    "select count(*) from OFFLINE_USER_SESSION where REALM_ID = ?1 and OFFLINE_FLAG = '1'"),
            Map.entry(
                    "client sessions",
                    "select count(*) from OFFLINE_CLIENT_SESSION t join OFFLINE_USER_SESSION s"
                            + " on s.USER_SESSION_ID = t.USER_SESSION_ID and s.OFFLINE_FLAG = t.OFFLINE_FLAG"
                            + " where s.REALM_ID = ?1"));

    private static final String COUNTS = TABLES.entrySet().stream()
            .map(table -> "select '" + table.getKey() + "', (" + table.getValue() + ")")
            .collect(Collectors.joining(" union all "));

    private static final String EVENTS =
            "select concat('event ', TYPE), count(*) from EVENT_ENTITY where REALM_ID = ?1 group by TYPE";

    private static final Map<String, String> CACHES = Map.of(
            "authentication sessions", InfinispanConnectionProvider.AUTHENTICATION_SESSIONS_CACHE_NAME,
            "single-use objects", InfinispanConnectionProvider.ACTION_TOKEN_CACHE);

    private final KeycloakSession session;

    Stocktaking(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    @GET
    public Response count() {
        Map<String, Long> counts = new TreeMap<>();
        rows(COUNTS, counts);
        rows(EVENTS, counts);
        InfinispanConnectionProvider caches = session.getProvider(InfinispanConnectionProvider.class);
        CACHES.forEach(
                (name, cache) -> counts.put(name, (long) caches.getCache(cache).size()));
        return Response.ok(counts, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private void rows(String sql, Map<String, Long> counts) {
        EntityManager entities =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        String realm = session.getContext().getRealm().getId();
        List<?> rows = entities.createNativeQuery(sql).setParameter(1, realm).getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            counts.put(String.valueOf(columns[0]).strip(), ((Number) columns[1]).longValue());
        }
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link Stocktaking}. */
    public static final class Factory implements RealmResourceProviderFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new Stocktaking(session);
        }

        @Override
        public void init(Config.Scope config) {
            // has no settings
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // needs nothing else
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
