package io.gantry.client.http;

import io.gantry.client.Kubeconfig;
import io.gantry.client.http2.Http2Link;
import io.gantry.client.tls.ClientTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The links of one [Transport]: one for requests, and as many for watches as keep each connection below the
/// number of streams that servers allow. When a credential file changes, new links are made at the next request and
/// the old ones end with their last watch, so a rotated certificate takes effect with no restart. Thread-safe.
final class Connections implements AutoCloseable {
    /// Servers allow 100 streams a connection or more; stay well below.
    private static final int WATCHES_A_CONNECTION = 64;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();

    private static final class Watchers {
        final Link link;
        int open;

        Watchers(Link link) {
            this.link = link;
        }
    }

    private record Generation(long version, @Nullable ClientTls tls, Link requests, String token) {}

    private final Kubeconfig config;
    private final String userAgent;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watchers> watchers = new ArrayList<>();
    private @Nullable Generation generation;
    private long checkedNanos;

    Connections(Kubeconfig config, String userAgent) {
        this.config = config;
        this.userAgent = userAgent;
    }

    URI server() {
        return config.server();
    }

    /// The link for short requests.
    Link requests() throws GeneralSecurityException {
        return current().requests();
    }

    /// Takes a link with room for one more watch; [#endWatch] gives it back.
    Link beginWatch() throws GeneralSecurityException {
        lock.lock();
        try {
            Generation now = current();
            for (Watchers candidate : watchers) {
                if (candidate.open < WATCHES_A_CONNECTION) {
                    candidate.open++;
                    return candidate.link;
                }
            }
            Watchers added = new Watchers(link(now.tls(), now.token()));
            added.open = 1;
            watchers.add(added);
            return added.link;
        } finally {
            lock.unlock();
        }
    }

    void endWatch(Link link) {
        lock.lock();
        try {
            for (Watchers candidate : watchers) {
                if (candidate.link.equals(link)) {
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
            long version = config.version();
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

    private Generation open(long version) throws GeneralSecurityException {
        ClientTls tls = "https".equals(config.server().getScheme())
                ? ClientTls.of(
                        config.certificateAuthority(),
                        config.clientCertificate(),
                        config.clientKey(),
                        config.insecureSkipTlsVerify())
                : null;
        String token = new String(config.token().read(), StandardCharsets.UTF_8).strip();
        return new Generation(version, tls, link(tls, token), token);
    }

    private void retire(@Nullable Generation old) {
        if (old != null) {
            old.requests().retire();
            watchers.forEach(w -> w.link.retire());
            watchers.clear();
        }
    }

    private Link link(@Nullable ClientTls tls, String token) throws GeneralSecurityException {
        Identity identity = new Identity(userAgent, token);
        SSLContext context = tls == null ? null : tls.context();
        Supplier<Link> plain = () -> new JdkLink(config.server(), context, identity, CONNECT_LIMIT, executor);
        return tls == null ? plain.get() : new Http2Link(config.server(), tls, identity, CONNECT_LIMIT, plain);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (generation != null) {
                generation.requests().close();
            }
            watchers.forEach(w -> w.link.close());
            watchers.clear();
        } finally {
            lock.unlock();
        }
        executor.shutdown();
    }
}
