package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.DefaultProxyRoutePlanner;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;

/** The engine of a server with its node, for one caller after the other. */
public final class LoopbackCalls {
    private static final int PLACES = 32;
    private static final Caller SOMEBODY = new Caller("realm", "client", "198.51.100.1");

    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackCalls::daemon);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(LoopbackCalls::daemon);
    private final CallingNode node;
    private final CloseableHttpClient client;

    /**
     * @param proxyUrl that leads to what is not of this machine
     * @param certificate PEM, of who vouches for the hosts behind it
     */
    public LoopbackCalls(String proxyUrl, String certificate) {
        this(proxyUrl, certificate, "localhost");
    }

    /** @param direct the one other host that is called without the proxy */
    public LoopbackCalls(String proxyUrl, String certificate, String direct) {
        this(client(proxyUrl, certificate, direct), System::nanoTime);
    }

    private LoopbackCalls(CloseableHttpClient client, LongSupplier clock) {
        this.client = client;
        this.node = new CallingNode(PLACES, threads, timer, clock);
    }

    /**
     * With the same connections.
     *
     * @param clock nanoseconds, by which the node waits for places and loads
     */
    public LoopbackCalls ofAnotherNode(LongSupplier clock) {
        return new LoopbackCalls(client, clock);
    }

    private static CloseableHttpClient client(String proxyUrl, String certificate, String direct) {
        return HttpClients.custom()
                .setRoutePlanner(new DefaultProxyRoutePlanner(HttpHost.create(proxyUrl)) {
                    @Override
                    protected HttpHost determineProxy(HttpHost target, HttpRequest request, HttpContext context)
                            throws HttpException {
                        return List.of("localhost", direct).contains(target.getHostName())
                                ? null
                                : super.determineProxy(target, request, context);
                    }
                })
                .setSSLContext(trusting(certificate))
                .setMaxConnPerRoute(64)
                .setMaxConnTotal(256)
                .build();
    }

    static SSLContext trusting(String certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "simulator",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(certificate.getBytes(StandardCharsets.US_ASCII))));
            return SSLContexts.custom().loadTrustMaterial(trusted, null).build();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** For one request. */
    public ProviderCalls ofARequest() {
        return new HttpProviderCalls(client, () -> SOMEBODY, node, Telemetry.NONE);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "loopback");
        thread.setDaemon(true);
        return thread;
    }
}
