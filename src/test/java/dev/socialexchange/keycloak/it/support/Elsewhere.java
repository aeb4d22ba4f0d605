package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicNameValuePair;

/** Somebody at another address of this machine. */
public final class Elsewhere implements AutoCloseable {
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
        return new Elsewhere(HttpClients.custom()
                .setDefaultRequestConfig(
                        RequestConfig.custom().setLocalAddress(address).build())
                .build());
    }

    public int status(TokenRequest request) {
        HttpPost post = new HttpPost(request.endpoint());
        post.setEntity(new UrlEncodedFormEntity(
                request.parameters().stream()
                        .map(parameter -> new BasicNameValuePair(parameter.getKey(), parameter.getValue()))
                        .toList(),
                StandardCharsets.UTF_8));
        try (CloseableHttpResponse response = client.execute(post)) {
            return response.getStatusLine().getStatusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
