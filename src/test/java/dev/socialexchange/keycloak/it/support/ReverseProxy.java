package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real proxy in front of a server, with its file from {@code operations/}: what is different here are the addresses and the certificate.
 * What comes from {@link #BALANCER} is taken for what {@link #FROM} says, as behind a load balancer: so a test has other networks.
 */
public final class ReverseProxy implements AutoCloseable {
    public static final String BALANCER = "127.0.0.9";
    public static final String FROM = "X-From-Address";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ProcessTree process;
    private final URI url;
    private final Path folder;

    private ReverseProxy(ProcessTree process, URI url, Path folder) {
        this.process = process;
        this.url = url;
        this.folder = folder;
    }

    /** Which program it is. */
    public enum Kind {
        NGINX("nginx", "nginx.conf"),
        HAPROXY("haproxy", "haproxy.cfg"),
        /** Debian's nginx, with what ingress-nginx would write for it. */
        INGRESS("nginx", "ingress.yaml");

        private final String program;
        private final String file;

        Kind(String program, String file) {
            this.program = program;
            this.file = file;
        }

        public String program() {
            return program;
        }

        /** Where it is installed, if it is: Debian has both where only root looks. */
        public Optional<Path> installed() {
            return Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"))
                    .map(folder -> Path.of(folder, program()))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** @param changes of the file, each of which has to be there: text by text */
    public static ReverseProxy start(Kind kind, KeycloakServer server, Map<String, String> changes) {
        Path folder = Workspace.own().resolve(Suite.unique(kind.program()));
        int port = FreePorts.one();
        try {
            Files.createDirectories(folder);
            String file =
                    Files.readString(Workspace.basedir().resolve("operations").resolve(kind.file));
            for (Map.Entry<String, String> change : changes.entrySet()) {
                file = replaced(file, change.getKey(), change.getValue());
            }
            SelfSigned certificate = SelfSigned.localhost();
            String node = "127.0.0.1:" + server.url().getPort();
            List<String> command = new ArrayList<>();
            command.add(kind.installed().orElseThrow().toString());
            command.addAll(
                    switch (kind) {
                        case NGINX -> nginx(site(file, folder, port, node), folder, certificate);
                        case INGRESS ->
                            nginx(Ingress.of(file).nginx(port, node, pem(folder), key(folder)), folder, certificate);
                        case HAPROXY -> haproxy(file, folder, port, node, certificate);
                    });
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            awaitOpen(process, port, folder.resolve("log"));
            return new ReverseProxy(new ProcessTree(process), URI.create("https://127.0.0.1:" + port), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * nginx on an old back end's host, over plain HTTP, with {@code operations/drop-in.nginx.conf} in its server block.
     *
     * @param keycloak where {@code operations/to-keycloak.nginx.conf} leads
     */
    public static ReverseProxy oldHost(URI keycloak, String realm, String client) {
        Path folder = Workspace.own().resolve(Suite.unique("old-host"));
        Path operations = Workspace.basedir().resolve("operations");
        int port = FreePorts.one();
        try {
            Files.createDirectories(folder);
            String site = Files.readString(operations.resolve("drop-in.nginx.conf"));
            site = replaced(site, "/realms/social/", "/realms/" + realm + '/');
            site = replaced(site, "/shop-app/", '/' + client + '/');
            site = replaced(site, "/etc/nginx/to-keycloak.conf", folder + "/to-keycloak.conf");
            String leads = Files.readString(operations.resolve("to-keycloak.nginx.conf"));
            Matcher format = Pattern.compile("log_format without_query [^;]+;").matcher(leads);
            if (!format.find()) {
                throw new IllegalStateException("the file does not say which log it needs");
            }
            leads = replaced(leads, "/var/log/nginx/", folder + "/");
            leads = replaced(leads, "X-Forwarded-Proto  https", "X-Forwarded-Proto  http");
            leads = replaced(leads, "X-Forwarded-Port   443", "X-Forwarded-Port   " + keycloak.getPort());
            leads = replaced(leads, "https://login.example", "http://" + keycloak.getAuthority());
            leads = replaced(leads, "Host   login.example", "Host   " + keycloak.getHost());
            leads = replaced(leads, "               login.example", " " + keycloak.getAuthority());
            Files.writeString(folder.resolve("to-keycloak.conf"), leads);
            Files.writeString(
                    folder.resolve("nginx.conf"),
                    http(
                            folder,
                            """
                            %s
                            server {
                                listen 127.0.0.1:%d;
                                %s
                                location / { return 299 "of old"; }
                            }
                            """
                                    .formatted(format.group(), port, site)));
            Process process = new ProcessBuilder(
                            Kind.NGINX.installed().orElseThrow().toString(),
                            "-e",
                            "stderr",
                            "-c",
                            folder.resolve("nginx.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            awaitOpen(process, port, folder.resolve("log"));
            return new ReverseProxy(new ProcessTree(process), URI.create("http://127.0.0.1:" + port), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that has been written into logs. */
    public String logs() {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(one -> one.toString().endsWith("log")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String site(String file, Path folder, int port, String node) {
        String site = replaced(file, "    listen [::]:443 ssl;\n", "");
        site = replaced(site, "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;");
        site = replaced(site, "/etc/ssl/login.example.pem", pem(folder));
        site = replaced(site, "/etc/ssl/login.example.key", key(folder));
        site = replaced(site, "    server 10.0.0.12:8080;\n", "");
        return replaced(site, "10.0.0.11:8080", node);
    }

    private static String pem(Path folder) {
        return folder.resolve("certificate.pem").toString();
    }

    private static String key(Path folder) {
        return folder.resolve("certificate.key").toString();
    }

    private static List<String> nginx(String site, Path folder, SelfSigned certificate) throws IOException {
        Files.writeString(Path.of(pem(folder)), certificate.certificate());
        Files.writeString(Path.of(key(folder)), certificate.key());
        Files.writeString(folder.resolve("site.conf"), site);
        Files.writeString(folder.resolve("nginx.conf"), http(folder, "include " + folder + "/site.conf;"));
        return List.of("-e", "stderr", "-c", folder.resolve("nginx.conf").toString());
    }

    private static String http(Path folder, String block) {
        String root = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return root
                + """
                daemon off;
                pid %1$s/pid;
                worker_processes 2;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    set_real_ip_from %2$s;
                    real_ip_header %3$s;
                    %4$s
                }
                """
                        .formatted(folder, BALANCER, FROM, block);
    }

    private static List<String> haproxy(String file, Path folder, int port, String node, SelfSigned certificate)
            throws IOException {
        Path pem = folder.resolve("certificate.pem");
        Files.writeString(pem, certificate.certificate() + certificate.key());
        String config = replaced(
                file,
                "    bind :::443 v4v6 ssl crt /etc/haproxy/login.example.pem\n",
                "    bind 127.0.0.1:%d ssl crt %s\n    http-request set-src req.hdr(%s) if { src %s }\n"
                        .formatted(port, pem, FROM, BALANCER));
        config = replaced(config, "    server node2 10.0.0.12:8080 check\n", "");
        config = replaced(config, "10.0.0.11:8080", node);
        Files.writeString(folder.resolve("haproxy.cfg"), config);
        return List.of("-db", "-f", folder.resolve("haproxy.cfg").toString());
    }

    private static String replaced(String file, String text, String by) {
        if (!file.contains(text)) {
            throw new IllegalStateException("not in the file: " + text);
        }
        return file.replace(text, by);
    }

    private static void awaitOpen(Process process, int port, Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Tab.pause();
            }
        }
        process.destroy();
        throw new IllegalStateException("the proxy does not start: " + Files.readString(log));
    }

    /** Where clients find it. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        process.stop();
    }
}
