package io.gantry.apiserver;

import io.gantry.apiserver.admission.PluginConfigException;
import io.gantry.component.CollectorPriority;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.GrownHeap;
import io.gantry.component.Termination;
import io.gantry.store.Store;
import io.gantry.store.embedded.EmbeddedStore;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API server's process.
public final class ApiServerMain {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServerMain.class);
    private static final int STORE_FAILED = 70;

    private ApiServerMain() {}

    /// Flags are upstream's names; see `docs/`.
    public static void main(String[] arguments) throws Exception {
        if (Arrays.stream(arguments).anyMatch(argument -> argument.equals("--help") || argument.equals("-h"))) {
            System.out.println(ServerFlags.help());
            return;
        }
        ComponentMain.run("apiserver", arguments, ApiServerMain::run);
    }

    private static void run(Flags given) throws Exception {
        GrownHeap.returnWhenCalm();
        CollectorPriority.raiseLater();
        long start = System.nanoTime();
        ServerFlags flags = ServerFlags.of(given);
        if (!flags.withoutEffect().isEmpty()) {
            LOG.info("these flags change nothing here: {}", String.join(" ", flags.withoutEffect()));
        }
        run(flags, start);
    }

    private static void run(ServerFlags flags, long start) throws Exception {
        StoreOpening opening = StoreOpening.start(() -> store(flags.storage()));
        try (Termination termination = Termination.prepare(opening::giveUp)) {
            serve(flags, opening, termination, start);
        } catch (PluginConfigException e) {
            LOG.error("cannot start: {}", e.getMessage());
            System.exit(1);
        } catch (IOException | RuntimeException | GeneralSecurityException e) {
            LOG.error("cannot start: {}", e.getMessage(), e);
            System.exit(1);
        }
    }

    private static void serve(ServerFlags flags, StoreOpening opening, Termination termination, long start)
            throws IOException, GeneralSecurityException, InterruptedException {
        ServerStart.Prepared prepared = ServerStart.prepare(flags);
        try (Store store = opening.await();
                ApiServer server = ServerStart.start(store, flags, prepared)) {
            LOG.info("serving on {} after {} ms", server.address(), (System.nanoTime() - start) / 1_000_000);
            termination.asked().await();
            LOG.info("stopping");
        } catch (CancellationException e) {
            LOG.info("stopping before the store was open");
        }
    }

    private static Store store(StorageFlags flags) {
        if (!flags.etcdServers().isEmpty()) {
            return StoreOfEtcd.open(flags);
        }
        return flags.dataDir()
                .<Store>map(directory -> EmbeddedStore.open(directory, failure -> {
                    LOG.error("the store failed: stopping", failure);
                    Runtime.getRuntime().halt(STORE_FAILED);
                }))
                .orElseGet(MemoryStore::new);
    }
}
