package dev.socialexchange.keycloak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectProxyTest {

    private final Simulator simulator = Simulator.start(0);

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesTheProvidersUnderTheirRealNames(String protocol) throws Exception {
        HttpClient client = client(protocol);
        String token = simulator.google().accessToken(Google.CLIENT_ID, People.ADA);

        assertThat(get(client, "https://oauth2.googleapis.com/tokeninfo?access_token=" + token))
                .contains(Google.CLIENT_ID);
        assertThat(get(client, "https://acme.example/jwks")).contains("ES256");
        assertThat(simulator.requests("oauth2.googleapis.com", "/tokeninfo")).hasSize(1);
    }

    @Test
    void writesTheCertificateThatTheCallerMustTrust(@TempDir Path folder) throws Exception {
        Path file = simulator.caCertificatePem(folder.resolve("ca.pem"));

        assertThat(Files.readString(file)).startsWith("-----BEGIN CERTIFICATE-----");
    }

    private HttpClient client(String protocol) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        byte[] pem = simulator.caCertificatePem().getBytes(StandardCharsets.US_ASCII);
        trusted.setCertificateEntry(
                "simulator",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance(protocol);
        tls.init(null, trust.getTrustManagers(), null);
        URI proxy = URI.create(simulator.proxyUrl());
        return HttpClient.newBuilder()
                .sslContext(tls)
                .proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())))
                .build();
    }

    private static String get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
