package dev.socialexchange.keycloak.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.HttpHost;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.HttpHostConnectException;

/** Why a call got no answer, as far as this end can tell: what an administrator looks for next. */
public enum Trouble {
    /** Nothing more is known. */
    UNSAID,
    /** The host's name leads nowhere. */
    NAME_UNKNOWN,
    /** The host turns connections away. */
    REFUSED,
    /** No connection comes about, as behind a firewall that drops what it does not let through. */
    NO_CONNECTION,
    /** Nobody whom this server trusts vouches for the host's certificate, or it is another host's. */
    CERTIFICATE,
    /** Both ends do not agree on how to encrypt. */
    TLS,
    /** The proxy that this server is to use is not there. */
    PROXY_DOWN,
    /** The proxy does not let the call through. */
    PROXY_REFUSED,
    /** The connection ended before there was an answer. */
    CUT;

    /** @param failed what a call to this URI ended with */
    static Trouble of(IOException failed, URI uri) {
        if (failed instanceof UnknownHostException unknown) {
            return ofProxy(unknown.getMessage(), uri) ? PROXY_DOWN : NAME_UNKNOWN;
        }
        if (failed instanceof SSLException unsafe) {
            return isAboutCertificate(unsafe) ? CERTIFICATE : TLS;
        }
        if (failed instanceof HttpHostConnectException refused) {
            return at(
                    refused.getHost(),
                    uri,
                    refused.getCause() instanceof NoRouteToHostException ? NO_CONNECTION : REFUSED);
        }
        if (failed instanceof ConnectTimeoutException late) {
            return at(late.getHost(), uri, NO_CONNECTION);
        }
        if (failed instanceof NoRouteToHostException) {
            return NO_CONNECTION;
        }
        if (failed instanceof ConnectException) {
            return REFUSED;
        }
        return failed instanceof SocketTimeoutException ? UNSAID : CUT;
    }

    private static Trouble at(HttpHost called, URI uri, Trouble ofProvider) {
        return called == null || called.getHostName().equalsIgnoreCase(bare(uri.getHost())) ? ofProvider : PROXY_DOWN;
    }

    /** The message begins with the name that was looked up (JDK 17, and Apache's client 4.5). */
    private static boolean ofProxy(String message, URI uri) {
        return message != null
                && !message.regionMatches(
                        true, 0, uri.getHost(), 0, uri.getHost().length());
    }

    private static boolean isAboutCertificate(SSLException unsafe) {
        return unsafe instanceof SSLPeerUnverifiedException
                || causes(unsafe)
                        .anyMatch(cause ->
                                cause instanceof CertificateException || cause instanceof CertPathBuilderException);
    }

    private static Stream<Throwable> causes(Throwable of) {
        return Stream.iterate(of, cause -> cause != null, Throwable::getCause);
    }

    /** IPv6 addresses stand in brackets in one of the two. */
    private static String bare(String host) {
        return Optional.ofNullable(host).orElse("").replace("[", "").replace("]", "");
    }
}
