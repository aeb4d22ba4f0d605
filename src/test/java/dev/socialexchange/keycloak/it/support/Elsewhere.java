package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.http.Header;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.ssl.SSLContexts;
import org.apache.http.util.EntityUtils;

/** Somebody at another address of this machine, who takes every certificate and sends URLs as they are. */
public final class Elsewhere implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;

    private final CloseableHttpClient client;

    private Elsewhere(CloseableHttpClient client) {
        this.client = client;
    }

    /** Linux has all of 127.0.0.0/8; elsewhere an address may have to be added first. */
    public static Elsewhere at(String loopback) throws IOException {
        InetAddress address = InetAddress.getByName(loopback);
        try (ServerSocket free = new ServerSocket(0, 1, address)) {
            assumeThat(free.isBound()).isTrue();
        } catch (BindException notConfigured) {
            assumeThat(false).as("this machine has the address " + loopback).isTrue();
        }
        try {
            return new Elsewhere(HttpClients.custom()
                    .setDefaultRequestConfig(RequestConfig.custom()
                            .setLocalAddress(address)
                            .setNormalizeUri(false)
                            .build())
                    .setMaxConnPerRoute(MOST_CONNECTIONS)
                    .setMaxConnTotal(MOST_CONNECTIONS)
                    .setSSLContext(SSLContexts.custom()
                            .loadTrustMaterial((chain, type) -> true)
                            .build())
                    .setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)
                    .build());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public int status(TokenRequest request) {
        return send(request.endpoint(), request).status();
    }

    /** The same request by way of a proxy. */
    public Answer through(ReverseProxy proxy, TokenRequest request) {
        return send(proxy.url().resolve(request.endpoint().getRawPath()), request);
    }

    private Answer send(URI uri, TokenRequest request) {
        return post(
                uri,
                request.parameters().stream()
                        .map(parameter -> parameter.getKey() + "=" + Http.encode(parameter.getValue()))
                        .collect(Collectors.joining("&")),
                request.headers());
    }

    /** @param form as it goes over the wire */
    public Answer post(URI uri, String form, List<Map.Entry<String, String>> headers) {
        HttpPost post = new HttpPost(uri);
        post.setEntity(
                new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED.withCharset(StandardCharsets.UTF_8)));
        headers.forEach(header -> post.addHeader(header.getKey(), header.getValue()));
        return answer(post);
    }

    public Answer get(URI uri) {
        return answer(new HttpGet(uri));
    }

    private Answer answer(HttpUriRequest request) {
        long start = System.nanoTime();
        try (CloseableHttpResponse response = client.execute(request)) {
            String body = EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
            Map<String, List<String>> headers = Stream.of(response.getAllHeaders())
                    .collect(Collectors.groupingBy(
                            Header::getName,
                            () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                            Collectors.mapping(Header::getValue, Collectors.toList())));
            return new Answer(
                    response.getStatusLine().getStatusCode(),
                    HttpHeaders.of(headers, (name, value) -> true),
                    Json.lenient(body),
                    body,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
