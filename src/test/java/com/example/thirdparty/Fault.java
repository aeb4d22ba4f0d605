package com.example.thirdparty;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.messages.Messages;
import org.keycloak.storage.ReadOnlyException;

/** What code that is not ours throws, with somebody's address in the message. */
public enum Fault {
    NULL_POINTER,
    ILLEGAL_STATE,
    IDENTITY_BROKER,
    /** Of a server that a mapper or step asks. */
    WEB_APPLICATION_500,
    WEB_APPLICATION_404,
    ERROR_PAGE_500,
    /** How Keycloak's own code says no to people. */
    ERROR_PAGE_403,
    ERROR_RESPONSE_403,
    MODEL,
    DUPLICATE,
    READ_ONLY,
    FLOW_INTERNAL,
    STACK_OVERFLOW,
    /** A class that is not there, as with half of an extension. */
    LINKAGE,
    ASSERTION,
    /** Kotlin and Scala need not declare it. */
    CHECKED,
    /** The database, and not the data. */
    DATABASE_GONE,
    /** Not told by this code: the next statement finds no connection. */
    CONNECTION_LOST,
    /** Nor this: all is done by then. */
    COMMIT_LOST;

    public static final String ADDRESS = "ada.lovelace@private.example";

    /** @param name {@code null} or blank for none */
    public static void raise(String name, KeycloakSession session) {
        if (name == null || name.isBlank()) {
            return;
        }
        switch (valueOf(name)) {
            case CONNECTION_LOST -> loseConnection(session);
            case COMMIT_LOST ->
                session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
                    @Override
                    protected void commitImpl() {
                        loseConnection(session);
                    }

                    @Override
                    protected void rollbackImpl() {
                        // all is lost anyway
                    }
                });
            default -> Fault.<RuntimeException>sneaky(valueOf(name).throwable(session));
        }
    }

    private Throwable throwable(KeycloakSession session) {
        return switch (this) {
            case NULL_POINTER -> new NullPointerException(ADDRESS);
            case ILLEGAL_STATE -> new IllegalStateException(ADDRESS, new IllegalArgumentException(ADDRESS));
            case IDENTITY_BROKER -> new IdentityBrokerException(ADDRESS);
            case WEB_APPLICATION_500 -> new WebApplicationException(ADDRESS, Response.Status.INTERNAL_SERVER_ERROR);
            case WEB_APPLICATION_404 -> new WebApplicationException(ADDRESS, Response.Status.NOT_FOUND);
            case ERROR_PAGE_500 ->
                new ErrorPageException(session, Response.Status.INTERNAL_SERVER_ERROR, Messages.INTERNAL_SERVER_ERROR);
            case ERROR_PAGE_403 -> new ErrorPageException(session, Response.Status.FORBIDDEN, Messages.ACCESS_DENIED);
            case ERROR_RESPONSE_403 -> new ErrorResponseException("not_allowed", ADDRESS, Response.Status.FORBIDDEN);
            case MODEL -> new ModelException(ADDRESS);
            case DUPLICATE -> new ModelDuplicateException(ADDRESS);
            case READ_ONLY -> new ReadOnlyException(ADDRESS);
            case FLOW_INTERNAL -> new AuthenticationFlowException(ADDRESS, AuthenticationFlowError.INTERNAL_ERROR);
            case STACK_OVERFLOW -> endless();
            case LINKAGE -> new NoClassDefFoundError("com/example/Absent");
            case ASSERTION -> new AssertionError(ADDRESS);
            case CHECKED -> new IOException(ADDRESS);
            case DATABASE_GONE, CONNECTION_LOST, COMMIT_LOST ->
                new ModelException(ADDRESS, new SQLException(ADDRESS, "08006"));
        };
    }

    /** As a database does that is restarted: the pool has not noticed yet. */
    private static void loseConnection(KeycloakSession session) {
        Object hibernate = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .getDelegate();
        try {
            Object pooled = get(get(get(hibernate, "JdbcCoordinator"), "LogicalConnection"), "PhysicalConnection");
            ((Connection) pooled).unwrap(Connection.class).close();
        } catch (SQLException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(Object owner, String property) throws ReflectiveOperationException {
        Method getter = owner.getClass().getMethod("get" + property);
        getter.setAccessible(true); // of a class that is not public
        return getter.invoke(owner);
    }

    private static Throwable endless() {
        return endless();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
