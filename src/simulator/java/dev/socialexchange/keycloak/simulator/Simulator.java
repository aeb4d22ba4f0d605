package dev.socialexchange.keycloak.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All providers in one process, on one plain HTTP port: {@code http://localhost:PORT/oauth2.googleapis.com/token} stands
 * for {@code https://oauth2.googleapis.com/token}.
 */
public final class Simulator implements AutoCloseable {

    static {
        // Header and body leave as two writes; without this the second waits 40 ms for the caller's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Google google = new Google();
    private final Facebook facebook = new Facebook();
    private final GitHub github = new GitHub();
    private final Oidc acme = new Oidc();
    private final Partner partner = new Partner();
    private final Legacy legacy = new Legacy();
    private final Map<String, DataProvider> described =
            DataProviders.all(Map.of("google", google, "facebook", facebook, "github", github));

    private final People people = new People();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Router router = new Router();
    private final ExecutorService workers = Executors.newCachedThreadPool(threads("simulator-"));
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(4, threads("simulator-timer-"));
    private final HttpFront front = new HttpFront(router, faults, log, timer);
    private final InetAddress address;
    private final HttpServer server;
    private TlsFront tls;

    private Simulator(InetAddress address, int port) throws IOException {
        this.address = address;
        providers().values().forEach(provider -> provider.addRoutes(router, people));
        new ControlApi(this).addRoutes(router);
        router.get("", "/", new IndexPage(this)::answer);
        server = HttpServer.create(new InetSocketAddress(address, port), 1024);
        server.createContext("/", front);
        server.setExecutor(workers);
        server.start();
    }

    /** Runs until the process is ended. */
    public static void main(String... arguments) throws IOException {
        CommandLine commandLine;
        try {
            commandLine = CommandLine.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Simulator simulator = commandLine.start();
        System.out.print(new IndexPage(simulator).text());
        if (commandLine.proxyCertificate() != null) {
            Path file = simulator.caCertificatePem(commandLine.proxyCertificate());
            System.out.println("CONNECT proxy at " + simulator.proxyUrl() + ", certificate in " + file);
        }
    }

    /** On the loopback address; port 0 means any free one. */
    public static Simulator start(int port) {
        return start(InetAddress.getLoopbackAddress(), port);
    }

    /** On another address, say the wildcard for callers in containers. */
    public static Simulator start(InetAddress address, int port) {
        try {
            return new Simulator(address, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
    }

    public String url() {
        return "http://localhost:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** A CONNECT proxy to the same providers under their real names, with TLS; starts on first use. */
    public String proxyUrl() {
        return "http://localhost:" + tls().proxyPort();
    }

    /** Who vouches for the hosts behind the proxy. */
    public String caCertificatePem() {
        return tls().certificate();
    }

    /** Writes the certificate where {@code --truststore-paths} finds it. */
    public Path caCertificatePem(Path file) {
        try {
            return Files.writeString(file, caCertificatePem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Google google() {
        return google;
    }

    public Facebook facebook() {
        return facebook;
    }

    public GitHub github() {
        return github;
    }

    public Oidc acme() {
        return acme;
    }

    public Partner partner() {
        return partner;
    }

    public Legacy legacy() {
        return legacy;
    }

    /** A provider that is data, by its id. */
    public DataProvider described(String id) {
        DataProvider provider = described.get(id);
        if (provider == null) {
            throw new IllegalArgumentException("There is no src/simulator/resources/simulator/" + id + ".yaml");
        }
        return provider;
    }

    /** The same provider's data, for those who do not need it to run. */
    public static ProviderData data(String id) {
        return DataProviders.all(Map.of()).get(id).data();
    }

    /** Who can be chosen on the consent pages. */
    public People people() {
        return people;
    }

    /**
     * Lets a host misbehave from now on.
     *
     * @param path the exact path, or null for all of the host's
     */
    public void fault(String host, String path, Fault fault) {
        faults.add(host, path, fault);
    }

    /** Ends all faults and drops the connections that hang. */
    public void clearFaults() {
        faults.clear();
        front.releaseHanging();
    }

    /** The latest requests for the host and path (null for any), oldest first. */
    public List<Request> requests(String host, String path) {
        return log.find(host, path);
    }

    public void clearRequests() {
        log.clear();
    }

    @Override
    public void close() {
        closeTls();
        server.stop(0);
        clearFaults(); // now that those who ask once more get no answer either
        timer.shutdownNow();
        workers.shutdownNow();
    }

    Map<String, Provider> providers() {
        Map<String, Provider> providers = new LinkedHashMap<>();
        providers.put("google", google);
        providers.put("facebook", facebook);
        providers.put("github", github);
        providers.put("acme", acme);
        providers.put("partner", partner);
        providers.put("legacy", legacy);
        described.forEach(providers::putIfAbsent);
        return providers;
    }

    Router router() {
        return router;
    }

    private synchronized TlsFront tls() {
        if (tls == null) {
            tls = new TlsFront(address, front, workers);
        }
        return tls;
    }

    private synchronized void closeTls() {
        if (tls != null) {
            tls.close();
        }
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
