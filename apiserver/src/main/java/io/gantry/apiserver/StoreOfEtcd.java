package io.gantry.apiserver;

import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.etcd.EtcdOptions;
import io.gantry.store.etcd.EtcdStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the store on etcd; apart, so that a server with the embedded store loads nothing of it.
final class StoreOfEtcd {
    private static final Logger LOG = LoggerFactory.getLogger(StoreOfEtcd.class);
    /// How long an etcd that does not answer is waited for; then the process ends, and its supervisor tries again.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(250);

    private StoreOfEtcd() {}

    static Store open(StorageFlags flags) {
        EtcdOptions options = options(flags);
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (true) {
            try {
                return EtcdStore.connect(options);
            } catch (StoreUnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                if (!told) {
                    LOG.warn("waiting for etcd at {}: {}", flags.etcdServers(), e.getMessage());
                    told = true;
                }
                pause(e);
            }
        }
    }

    private static void pause(StoreUnavailableException cause) {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }

    private static EtcdOptions options(StorageFlags flags) {
        EtcdOptions options = EtcdOptions.of(flags.etcdServers());
        return flags.etcdCa()
                .map(ca -> options.withTls(new EtcdOptions.Tls(ca, flags.etcdCertificate(), flags.etcdKey())))
                .orElse(options);
    }
}
