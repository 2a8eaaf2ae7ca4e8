package io.gantry.apiserver.encryption;

import io.gantry.component.Digests;
import io.gantry.component.HealthCheck;
import io.gantry.component.VirtualThreads;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a server encrypts what it stores: an `EncryptionConfiguration`, the plugins that it names, and what comes of it
/// when the file or a plugin's key changes. Thread-safe.
public final class Encryption implements AutoCloseable {
    /// The check that tells of all plugins, and of a file that is read again.
    static final String HEALTH = "kms-providers";

    private static final Logger LOG = LoggerFactory.getLogger(Encryption.class);
    private static final Duration LOOK = Duration.ofSeconds(20);
    /// How long plugins of a changed file may take to be well.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration HEALTH_PAUSE = Duration.ofMillis(100);

    private final Path file;
    private final boolean reload;
    private final InstantSource clock;
    private final KmsMetrics metrics;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore rewrites = new Semaphore(0);
    private volatile EncryptionConfig config;
    private byte[] digest;

    private Encryption(Path file, boolean reload, String server, InstantSource clock) throws IOException {
        this.file = file;
        this.reload = reload;
        this.clock = clock;
        this.metrics = new KmsMetrics(server);
        byte[] text = Files.readAllBytes(file);
        this.digest = Digests.sha256(text);
        this.config = read(text);
    }

    /// Reads the file and asks the plugins; those that are not there yet are asked again until they are.
    ///
    /// @param file an `EncryptionConfiguration`
    /// @param reload whether it is read again when it changes
    /// @param server the name by which this server is known
    /// @throws IllegalArgumentException when it is none
    public static Encryption open(Path file, boolean reload, String server, InstantSource clock) throws IOException {
        Encryption encryption = new Encryption(file, reload, server, clock);
        encryption.config.start();
        if (reload) {
            VirtualThreads.background().name("encryption-file").start(encryption::follow);
        }
        return encryption;
    }

    private EncryptionConfig read(byte[] text) {
        return EncryptionConfig.parse(
                file, text, settings -> new KmsProvider(settings, metrics, clock, rewrites::release));
    }

    /// A store that is encrypted below.
    public Store over(Store below) {
        return new EncryptedStore(below, () -> config);
    }

    /// Encrypts what is there already anew from now on, whenever keys change. Does not block.
    ///
    /// @param below the store without encryption
    public void keepCurrent(Store below) {
        EncryptedStore store = new EncryptedStore(below, () -> config);
        rewrites.release();
        VirtualThreads.background().name("encryption").start(() -> rewriteWhenChanged(store));
    }

    private void rewriteWhenChanged(EncryptedStore store) {
        try {
            rewrites.acquire();
            while (closed.getCount() > 0) {
                rewrites.drainPermits();
                rewrite(store);
                rewrites.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Brings what was written with other keys, or with none, to the first one.
    private static void rewrite(EncryptedStore store) {
        try {
            int written = store.rewrite();
            LOG.info("encrypted {} values anew", written);
        } catch (StoreException e) {
            LOG.warn("cannot encrypt old values anew: {}", e.getMessage());
        }
    }

    /// What tells of plugins; none where there are none and the file counts as it was.
    public List<HealthCheck> checks() {
        return reload || !config.providers().isEmpty()
                ? List.of(HealthCheck.of(HEALTH, () -> config.failure()))
                : List.of();
    }

    /// In Prometheus' text format.
    public String metrics() {
        return metrics.text();
    }

    private void follow() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads the file again if it changed. One that cannot be used, or whose plugins are not well, changes nothing and
    /// is tried again with the next look.
    void look() throws InterruptedException {
        try {
            byte[] text = Files.readAllBytes(file);
            byte[] now = Digests.sha256(text);
            if (!Arrays.equals(now, digest)) {
                replace(text);
                digest = now;
            }
        } catch (IOException | IllegalArgumentException e) {
            metrics.reloaded(false);
            LOG.warn("cannot use the changed {}, going on with what it was: {}", file, e.getMessage());
        }
    }

    private void replace(byte[] text) throws InterruptedException {
        EncryptionConfig next = read(text);
        next.start();
        Optional<String> failure = settled(next);
        if (failure.isPresent()) {
            next.close();
            throw new IllegalArgumentException("health check for new transformers failed: " + failure.get());
        }
        EncryptionConfig before = config;
        config = next;
        metrics.reloaded(true);
        LOG.info("read {} again", file);
        rewrites.release();
        VirtualThreads.background().name("encryption-before").start(() -> closeLater(before));
    }

    private Optional<String> settled(EncryptionConfig next) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> failure = next.failure();
        while (failure.isPresent() && System.nanoTime() < end) {
            if (closed.await(HEALTH_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return failure;
            }
            failure = next.failure();
        }
        return failure;
    }

    /// Calls of the one before may be under way.
    private void closeLater(EncryptionConfig before) {
        try {
            closed.await(2 * before.timeouts().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        before.close();
    }

    @Override
    public void close() {
        closed.countDown();
        rewrites.release();
        config.close();
    }
}
