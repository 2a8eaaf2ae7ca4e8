package io.gantry.client.http;

import io.gantry.client.Kubeconfig;
import io.gantry.client.tls.ClientTls;
import io.gantry.client.tls.Credential;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The HTTP clients of one [Transport]: one for requests, and as many for watches as keep each connection below the
/// number of streams that servers allow. When a credential file changes, new clients are made at the next request and
/// the old ones end with their last watch, so a rotated certificate takes effect with no restart. Thread-safe.
final class Connections implements AutoCloseable {
    /// Servers allow 100 streams a connection or more; the JDK fails a request beyond, so stay well below.
    private static final int WATCHES_A_CONNECTION = 64;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

    private static final class Watchers {
        final HttpClient client;
        int open;

        Watchers(HttpClient client) {
            this.client = client;
        }
    }

    private record Generation(long version, @Nullable SSLContext tls, HttpClient requests, String token) {}

    private final Kubeconfig config;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watchers> watchers = new ArrayList<>();
    private @Nullable Generation generation;
    private long checkedNanos;

    Connections(Kubeconfig config) {
        this.config = config;
    }

    URI server() {
        return config.server();
    }

    /// The client for short requests.
    HttpClient requests() throws GeneralSecurityException {
        return current().requests();
    }

    /// The bearer token, empty for none.
    String token() throws GeneralSecurityException {
        return current().token();
    }

    /// Takes a client with room for one more watch; [#endWatch] gives it back.
    HttpClient beginWatch() throws GeneralSecurityException {
        lock.lock();
        try {
            Generation now = current();
            for (Watchers candidate : watchers) {
                if (candidate.open < WATCHES_A_CONNECTION) {
                    candidate.open++;
                    return candidate.client;
                }
            }
            Watchers added = new Watchers(client(now.tls()));
            added.open = 1;
            watchers.add(added);
            return added.client;
        } finally {
            lock.unlock();
        }
    }

    void endWatch(HttpClient client) {
        lock.lock();
        try {
            for (Watchers candidate : watchers) {
                if (candidate.client.equals(client)) {
                    candidate.open--;
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Generation current() throws GeneralSecurityException {
        lock.lock();
        try {
            Generation now = generation;
            long nanos = System.nanoTime();
            if (now != null && nanos - checkedNanos < CHECK_INTERVAL_NANOS) {
                return now;
            }
            checkedNanos = nanos;
            long version = version();
            if (now != null && now.version() == version) {
                return now;
            }
            Generation next = open(version);
            retire(now);
            generation = next;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private long version() {
        long version = 17;
        for (Credential credential : List.of(
                config.certificateAuthority(), config.clientCertificate(), config.clientKey(), config.token())) {
            version = version * 1_000_003 + credential.version();
        }
        return version;
    }

    private Generation open(long version) throws GeneralSecurityException {
        SSLContext tls = "https".equals(config.server().getScheme())
                ? ClientTls.context(
                        config.certificateAuthority(),
                        config.clientCertificate(),
                        config.clientKey(),
                        config.insecureSkipTlsVerify())
                : null;
        String token = new String(config.token().read(), StandardCharsets.UTF_8).strip();
        return new Generation(version, tls, client(tls), token);
    }

    private void retire(@Nullable Generation old) {
        if (old != null) {
            old.requests().shutdown();
            watchers.forEach(w -> w.client.shutdown());
            watchers.clear();
        }
    }

    private HttpClient client(@Nullable SSLContext tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(tls == null ? HttpClient.Version.HTTP_1_1 : HttpClient.Version.HTTP_2);
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (generation != null) {
                generation.requests().shutdownNow();
            }
            watchers.forEach(w -> w.client.shutdownNow());
            watchers.clear();
        } finally {
            lock.unlock();
        }
        executor.shutdown();
    }
}
