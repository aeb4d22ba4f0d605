package dev.socialexchange.keycloak.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** The same handler behind TLS under the providers' real names, reached through a CONNECT proxy. */
final class TlsFront implements AutoCloseable {

    private final CertificateAuthority authority = new CertificateAuthority();
    private final HttpsServer server;
    private final ConnectProxy proxy;

    TlsFront(InetAddress address, HttpHandler handler, ExecutorService workers) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(new KeyManager[] {new AnyHostKeyManager(authority)}, null, null);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.createContext("/", handler);
            server.setExecutor(workers);
            server.start();
            proxy = new ConnectProxy(address, server.getAddress(), workers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int proxyPort() {
        return proxy.port();
    }

    String certificate() {
        return authority.pem();
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.stop(0);
        }
    }
}
