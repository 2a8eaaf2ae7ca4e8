package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Asks health endpoints, over TLS with the cluster's CA where the URL says so. Thread-safe.
public final class ApiServerProbe implements AutoCloseable {
    /// A program that has just started takes seconds to its first TLS connection on a busy machine.
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Set<InetSocketAddress> listening = ConcurrentHashMap.newKeySet();

    public ApiServerProbe(ClusterLayout layout) {
        try {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(LIMIT)
                    .sslContext(TlsContexts.client(Pem.certificates(layout.pki("ca.crt")), Optional.empty(), List.of()))
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new CliException("cannot read the cluster's CA: " + e.getMessage(), e);
        }
    }

    /// Whether the URL answers 200.
    public boolean isWell(String url) {
        URI uri = URI.create(url);
        if (!listens(new InetSocketAddress(uri.getHost(), uri.getPort()))) {
            return false;
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A refused connection costs the client a hundred times as much, and processes that start need the machine.
    private boolean listens(InetSocketAddress address) {
        if (listening.contains(address)) {
            return true;
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) LIMIT.toMillis());
            return listening.add(address);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
