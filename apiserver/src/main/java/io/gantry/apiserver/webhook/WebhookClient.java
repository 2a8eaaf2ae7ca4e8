package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.outgoing.Deadline;
import io.gantry.apiserver.outgoing.Destination;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.outgoing.OutgoingHttp;
import io.gantry.apiserver.outgoing.OutgoingRequest;
import io.gantry.apiserver.proxy.Backend;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Posts JSON to webhooks over TLS and reads their answers: admission, conversion, authorization, audit. Thread-safe;
/// blocks.
public final class WebhookClient implements AutoCloseable {
    private static final int ANSWER_BYTES = 16 * 1024 * 1024;
    private static final int SHOWN_BYTES = 1024;
    private static final Headers HEADERS = Headers.of(
            "accept", "application/json, */*",
            "content-type", "application/json",
            "user-agent", "kube-apiserver-admission");

    private final ServiceResolver services;
    private final OutgoingHttp http = new OutgoingHttp();
    private final TrustBundles bundles = new TrustBundles();

    public WebhookClient(ServiceResolver services) {
        this.services = services;
    }

    /// Calls a webhook.
    ///
    /// @param timeout of everything, from looking up to the answer's last byte; told the webhook as `?timeout=`
    /// @return the answer's JSON object
    /// @throws WebhookException when there is no such answer
    public ObjectNode call(ClientConfig config, JsonNode body, Duration timeout) throws WebhookException {
        String address = config.address() + "?timeout=" + GoDurations.text(timeout);
        return post(() -> destination(config), address, HEADERS, body, timeout);
    }

    /// Where a webhook is.
    @FunctionalInterface
    public interface Place {
        Destination find() throws GeneralSecurityException, IOException;
    }

    /// Posts to a webhook that no `clientConfig` describes.
    ///
    /// @param address the whole URL
    /// @param headers of the request
    /// @param timeout of everything, from looking up to the answer's last byte
    /// @return the answer's JSON object
    /// @throws WebhookException when there is no such answer
    public ObjectNode post(Place place, String address, Headers headers, JsonNode body, Duration timeout)
            throws WebhookException {
        return object(send(place, address, headers, Json.MAPPER.writeValueAsBytes(body), timeout));
    }

    /// Hands JSON over to a webhook, whose answer says nothing but that it was taken.
    ///
    /// @param address the whole URL
    /// @param headers of the request
    /// @param timeout of everything, from looking up to the answer's last byte
    /// @throws WebhookException when it was not
    public void deliver(Place place, String address, Headers headers, byte[] body, Duration timeout)
            throws WebhookException {
        send(place, address, headers, body, timeout);
    }

    /// The body of an answer that is none of a failure.
    private byte[] send(Place place, String address, Headers headers, byte[] body, Duration timeout)
            throws WebhookException {
        Deadline deadline = Deadline.in(timeout);
        try {
            Destination to = place.find();
            OutgoingRequest request = new OutgoingRequest("POST", target(address), headers, body);
            try (OutgoingAnswer answer = http.send(to, request, deadline, deadline)) {
                return read(answer);
            } catch (ConnectException e) {
                throw failed(address, "dial tcp " + to.address() + ": connect: connection refused", false);
            }
        } catch (SocketTimeoutException e) {
            throw failed(address, Deadline.EXCEEDED, true);
        } catch (UnknownHostException e) {
            throw failed(address, "dial tcp: lookup " + e.getMessage() + ": no such host", false);
        } catch (SSLException e) {
            throw failed(address, "tls: failed to verify certificate: x509: " + e.getMessage(), false);
        } catch (GeneralSecurityException e) {
            throw failed(address, "unable to load root certificates: " + e.getMessage(), false);
        } catch (IOException e) {
            throw failed(address, String.valueOf(e.getMessage()), false);
        } catch (StatusException e) {
            throw failed(address, String.valueOf(e.getMessage()), false);
        }
    }

    private static WebhookException failed(String address, String why, boolean timedOut) {
        return new WebhookException("Post \"" + address + "\": " + why, timedOut);
    }

    private Destination destination(ClientConfig config) throws GeneralSecurityException, IOException {
        Optional<SSLContext> tls = Optional.of(bundles.context(config.caBundle()));
        if (config.isService()) {
            Backend found = services.resolve(config.namespace(), config.service(), config.port());
            return new Destination(found.host(), found.port(), config.serverName(), config.port(), tls);
        }
        try {
            URI uri = URI.create(config.url());
            String host = uri.getHost();
            if (host == null) {
                throw new IOException("no host in the URL");
            }
            String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return Destination.of(plain, uri.getPort() < 0 ? 443 : uri.getPort(), tls);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a URL: " + e.getMessage(), e);
        }
    }

    private static String target(String address) {
        int slash = address.indexOf('/', "https://".length());
        return slash < 0 ? "/" : address.substring(slash);
    }

    private static byte[] read(OutgoingAnswer answer) throws IOException, WebhookException {
        byte[] bytes = answer.bytes(ANSWER_BYTES);
        if (answer.status() == 404) {
            throw new WebhookException("the server could not find the requested resource", false);
        }
        if (answer.status() < 200 || answer.status() > 299) {
            String text = new String(bytes, 0, Math.min(bytes.length, SHOWN_BYTES), StandardCharsets.UTF_8).strip();
            throw new WebhookException(
                    answer.status() >= 500
                            ? "an error on the server (\"" + text + "\") has prevented the request from succeeding"
                            : "the server rejected our request: " + answer.status() + " " + text,
                    false,
                    passing(answer));
        }
        return bytes;
    }

    private static ObjectNode object(byte[] bytes) throws WebhookException {
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new WebhookException("couldn't get version/kind; json parse error: " + e.getOriginalMessage(), false);
        }
        throw new WebhookException("couldn't get version/kind; json parse error: not an object", false);
    }

    private static boolean passing(OutgoingAnswer answer) {
        int status = answer.status();
        boolean told = answer.headers().get("retry-after") != null;
        return status == 500 || status == 504 || status == 429 || status > 500 && told;
    }

    @Override
    public void close() {
        http.close();
    }
}
