package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.Outcome.Answer;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;

/** Sends one call. The deadline is kept by aborting: socket timeouts do not stop an answer that drips. */
final class HttpExchange {
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer;

    HttpExchange(CloseableHttpClient client, ScheduledExecutorService timer) {
        this.client = client;
        this.timer = timer;
    }

    Outcome run(Call call, Deadline deadline) {
        try {
            return attempt(call, deadline);
        } catch (NoHttpResponseException | SocketException stale) {
            // A pooled connection that the provider has closed meanwhile. A request without a body has been repeated by
            // the client itself already (Apache's default, which Keycloak 26.7 leaves in place).
            return call.repeatable() && call.body() != null && !deadline.passed()
                    ? retry(call, deadline)
                    : failure(stale, call, deadline);
        } catch (IOException failed) {
            return failure(failed, call, deadline);
        }
    }

    private Outcome retry(Call call, Deadline deadline) {
        try {
            return attempt(call, deadline);
        } catch (IOException failed) {
            return failure(failed, call, deadline);
        }
    }

    /** What the deadline has ended says nothing by how it ended, unless there never was a connection. */
    private static Failure failure(IOException failed, Call call, Deadline deadline) {
        Trouble trouble = Trouble.of(failed, call.uri());
        if (!deadline.passed()) {
            return new Failure(Cause.CONNECTION, trouble);
        }
        return new Failure(Cause.DEADLINE, failed instanceof ConnectTimeoutException ? trouble : Trouble.UNSAID);
    }

    private Outcome attempt(Call call, Deadline deadline) throws IOException {
        if (deadline.passed()) {
            return new Failure(Cause.DEADLINE);
        }
        int millis = deadline.remainingMillis() + 1; // rounded up: once they are over, the deadline has passed
        HttpRequestBase request = request(call, millis);
        Future<?> abort = timer.schedule(request::abort, millis, TimeUnit.MILLISECONDS);
        HttpClientContext context = HttpClientContext.create();
        try (CloseableHttpResponse response = client.execute(request, context)) {
            if (isOfProxy(context)) {
                return new Failure(Cause.CONNECTION, Trouble.PROXY_REFUSED);
            }
            byte[] body = body(response.getEntity(), call.longestAnswer());
            if (body == null) {
                return new Failure(Cause.ANSWER_TOO_LARGE);
            }
            return new Answer(response.getStatusLine().getStatusCode(), headers(response), body);
        } finally {
            abort.cancel(false);
        }
    }

    /** The client (4.5) answers what a proxy says that does not open the tunnel as if the provider had said it. */
    private static boolean isOfProxy(HttpClientContext context) {
        return "CONNECT".equals(context.getRequest().getRequestLine().getMethod());
    }

    private static HttpRequestBase request(Call call, int timeoutMillis) {
        HttpRequestBase request =
                switch (call.method()) {
                    case "POST" -> new HttpPost(call.uri());
                    case "DELETE" -> new DeleteRequest(call.uri());
                    default -> new HttpGet(call.uri());
                };
        if (call.body() != null && request instanceof HttpEntityEnclosingRequestBase enclosing) {
            enclosing.setEntity(entity(call));
        }
        call.headers().forEach(request::setHeader);
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeoutMillis)
                .setConnectTimeout(timeoutMillis)
                .setSocketTimeout(timeoutMillis)
                .setRedirectsEnabled(false)
                .setCookieSpec(CookieSpecs.IGNORE_COOKIES)
                .build());
        return request;
    }

    /** A stream cannot be sent again, whatever Keycloak's server option {@code max-retries} says. */
    private static HttpEntity entity(Call call) {
        ContentType type = ContentType.create(call.body().contentType(), StandardCharsets.UTF_8);
        if (call.repeatable()) {
            return new StringEntity(call.body().content(), type);
        }
        byte[] content = call.body().content().getBytes(StandardCharsets.UTF_8);
        return new InputStreamEntity(new ByteArrayInputStream(content), content.length, type);
    }

    /** The whole body, or {@code null} if it is longer. */
    private static byte[] body(HttpEntity entity, int longest) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        // Not closed here: closing would read the rest. The end of the answer releases the connection, else closing the
        // response drops it.
        byte[] body = entity.getContent().readNBytes(longest + 1);
        return body.length > longest ? null : body;
    }

    private static Map<String, String> headers(CloseableHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getAllHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }
}
